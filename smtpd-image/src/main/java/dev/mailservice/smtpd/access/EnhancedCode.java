package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.protocol.ProtocolLog;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Enhanced codes, RFC 3463, as Postfix's dsn_split and smtpd_dsn_fix take and mend them.
 *
 * @param code three numbers between dots
 * @param text what stands behind it
 */
record EnhancedCode(String code, String text) {
  private static final Pattern AT_START =
      Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:\\s+(.*))?", Pattern.DOTALL);

  private static final Pattern OF_ADDRESS = Pattern.compile("([245])\\.1\\.(\\d{1,3})");

  /** What X.1.N means of a sender; all others are X.1.0. */
  private static final Map<String, String> OF_SENDER =
      Map.of("1", "7", "2", "8", "3", "7", "4", "7", "6", "7", "7", "7", "8", "8");

  /** What X.1.N means of a recipient; all others are X.1.0. */
  private static final Map<String, String> OF_RECIPIENT =
      Map.of("1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "6", "6", "7", "3", "8", "2");

  /** Takes an enhanced code off a text's start, or the default one if there is none. */
  static EnhancedCode split(String otherwise, String text) {
    Matcher matcher = AT_START.matcher(text);
    if (!matcher.matches()) {
      return new EnhancedCode(otherwise, text);
    }
    return new EnhancedCode(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
  }

  /**
   * A code that is about addresses, fit for what is refused: table authors mix them up.
   *
   * @param log is told of a code that is changed
   */
  String about(Subject.Kind kind, ProtocolLog log) {
    Matcher matcher = OF_ADDRESS.matcher(code);
    if (!matcher.matches()) {
      return code;
    }
    String subject = matcher.group(2);
    String fit =
        switch (kind) {
          case SENDER -> matcher.group(1) + ".1." + OF_SENDER.getOrDefault(subject, "0");
          case RECIPIENT -> matcher.group(1) + ".1." + OF_RECIPIENT.getOrDefault(subject, "0");
          default -> matcher.group(1) + ".0.0";
        };
    if (!fit.equals(code)) {
      log.info("mapping DSN status %s into %s status %s".formatted(code, kind.words(), fit));
    }
    return fit;
  }
}
