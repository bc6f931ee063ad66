package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.protocol.WireText;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a table or a policy server says about what was looked up, access(5).
 *
 * @param settings codes of replies
 * @param lists makes a check of an action that is a list of restrictions
 */
record AccessAction(RestrictionSettings settings, Function<String, Check> lists) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern REPLY_CODE = Pattern.compile("[45][0-9]{2}");
  private static final Pattern HEADER = Pattern.compile("[!-9;-~]+[ \\t]*:.*", Pattern.DOTALL);

  /**
   * Where an action comes from, for messages.
   *
   * @param table the table, or the policy server
   * @param entry the key that was found
   */
  record Source(String table, String entry) {
    private String entryNamed() {
      return "access table %s entry \"%s\"".formatted(table, entry);
    }
  }

  /** Does what an action says. */
  Verdict apply(Evaluation it, Source source, String action, Subject subject) {
    String[] parts = action.split("[ \\t]+", 2);
    String text = WireText.wire(parts.length > 1 ? parts[1].strip() : "");
    RestrictionSettings.Codes codes = settings.codes();
    return switch (parts[0].toUpperCase(Locale.ROOT)) {
      case "DUNNO" -> Verdict.UNDECIDED;
      case "OK", "RELAY" -> Verdict.PERMIT;
      case "REJECT" -> refuse(it, codes.tableReject(), "5.7.1", text, subject);
      case "DEFER" -> refuse(it, codes.tableDefer(), "4.7.1", text, subject);
      case "WARN", "INFO" -> {
        it.log().info(RejectLog.note(parts[0].toLowerCase(Locale.ROOT), it.inquiry(), text));
        yield Verdict.UNDECIDED;
      }
      case "DEFER_IF_PERMIT" -> {
        it.deferIfPermit(deferral(it, text, subject));
        yield Verdict.UNDECIDED;
      }
      case "DEFER_IF_REJECT" -> {
        it.deferIfReject(deferral(it, text, subject));
        yield Verdict.UNDECIDED;
      }
      case "PREPEND" -> prepend(it, source, text);
      case "BCC", "DISCARD", "FILTER", "HOLD", "REDIRECT" -> {
        it.log()
            .warning(
                "access table %s: with smtpd_proxy_filter specified, action %s is unavailable"
                    .formatted(source.table(), parts[0].toUpperCase(Locale.ROOT)));
        yield Verdict.UNDECIDED;
      }
      default -> other(it, source, action, parts[0], text, subject);
    };
  }

  private Verdict other(
      Evaluation it, Source source, String action, String word, String text, Subject subject) {
    if (NUMBER.matcher(action).matches()) {
      return Verdict.PERMIT; // Some systems leave a time here.
    }
    if (REPLY_CODE.matcher(word).matches() && !text.isEmpty()) {
      return refuse(it, Integer.parseInt(word), word.charAt(0) + ".7.1", text, subject);
    }
    if (action.indexOf(':') >= 0) {
      throw new ConfigurationFault(
          "access table %s has entry with lookup table: %s".formatted(source.table(), action),
          "do not specify lookup tables inside SMTPD access maps",
          "define a restriction class and specify its name instead.");
    }
    return it.within(false, lists.apply(action));
  }

  private static Verdict refuse(
      Evaluation it, int code, String enhanced, String text, Subject subject) {
    EnhancedCode split = EnhancedCode.split(enhanced, text);
    return it.reject(
        code,
        split.about(subject.kind(), it.log()),
        subject.rejected(split.text().isEmpty() ? "Access denied" : split.text()));
  }

  private static Deferral deferral(Evaluation it, String text, Subject subject) {
    EnhancedCode split = EnhancedCode.split("4.7.1", text);
    return new Deferral(
        450,
        split.about(subject.kind(), it.log()),
        subject.rejected(split.text().isEmpty() ? "Service unavailable" : split.text()));
  }

  private static Verdict prepend(Evaluation it, Source source, String text) {
    if (it.inquiry().command().equals("END-OF-MESSAGE")) {
      it.log()
          .warning(
              "access table %s: action PREPEND must be used before smtpd_end_of_data_restrictions"
                  .formatted(source.table()));
    } else if (it.inquiry().sender().isEmpty()) {
      it.log()
          .warning(
              ("access table %s: with smtpd_delay_reject=no, action PREPEND is always skipped in"
                      + " Client host or Helo command restrictions")
                  .formatted(source.table()));
    } else if (!HEADER.matcher(text).matches()) {
      it.log().warning(source.entryNamed() + " requires header: text");
    } else {
      it.prepend(text);
    }
    return Verdict.UNDECIDED;
  }
}
