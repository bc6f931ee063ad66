package dev.mailservice.smtpd.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The ESMTP parameters of RCPT, RFC 3461. They are for the next hop; here they are only checked.
 */
final class RcptParameters {
  private enum Notify {
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY
  }

  private RcptParameters() {}

  /**
   * Checks the words behind the address.
   *
   * @param discarded what was not offered, and is refused therefore
   * @param log is told of a condition that is none
   * @throws Refused at the first that is unknown or malformed
   */
  static void check(List<Token> words, Set<EhloKeyword> discarded, ProtocolLog log) throws Refused {
    boolean notify = false;
    boolean orcpt = false;
    for (Token word : words) {
      String text = word.text();
      String upper = text.toUpperCase(Locale.ROOT);
      boolean isNotify = upper.startsWith("NOTIFY=");
      if (!isNotify && !upper.startsWith("ORCPT=")) {
        throw new Refused("555 5.5.4 Unsupported option: " + text);
      }
      if (discarded.contains(EhloKeyword.DSN)) {
        throw new Refused("501 5.7.1 DSN support is disabled");
      }
      if (isNotify) {
        if (notify || !isNotify(text.substring("NOTIFY=".length()), log)) {
          throw new Refused("501 5.5.4 Error: Bad NOTIFY parameter syntax");
        }
        notify = true;
      } else {
        if (orcpt || !isOriginalRecipient(text.substring("ORCPT=".length()))) {
          throw new Refused("501 5.5.4 Error: Bad ORCPT parameter syntax");
        }
        orcpt = true;
      }
    }
  }

  /** NEVER stands alone, RFC 3461 section 4.1. */
  private static boolean isNotify(String list, ProtocolLog log) {
    var conditions = EnumSet.noneOf(Notify.class);
    for (String word : list.split("[, \t]+")) {
      try {
        conditions.add(Notify.valueOf(word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        if (!list.isEmpty()) {
          log.warning("unknown DSN NOTIFY command value \"%s\" in \"%s\"".formatted(word, list));
        }
        return false;
      }
    }
    return !conditions.contains(Notify.NEVER) || conditions.size() == 1;
  }

  private static boolean isOriginalRecipient(String text) {
    int semicolon = text.indexOf(';');
    if (semicolon < 1) {
      return false;
    }
    String address = text.substring(semicolon + 1);
    return text.substring(0, semicolon).equalsIgnoreCase("utf-8")
        ? Xtext.isUnicode(address)
        : Xtext.decode(address).isPresent();
  }
}
