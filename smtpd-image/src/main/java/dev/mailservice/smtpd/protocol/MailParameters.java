package dev.mailservice.smtpd.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The ESMTP parameters of MAIL.
 *
 * @param size what SIZE declared, RFC 1870, bytes; 0 if it did not
 * @param smtpUtf8 whether SMTPUTF8 was there, RFC 6531
 */
record MailParameters(long size, boolean smtpUtf8) {
  private static final String DSN_DISABLED = "501 5.7.1 DSN support is disabled";

  /** Whether SMTPUTF8 is among the words, which decides how the address before them is read. */
  static boolean declareSmtpUtf8(List<Token> words) {
    return words.stream().anyMatch(it -> it.text().equalsIgnoreCase("SMTPUTF8"));
  }

  /**
   * Reads the words behind the address.
   *
   * @param discarded what was not offered, and is refused therefore
   * @param smtpUtf8 whether SMTPUTF8 is offered
   * @throws Refused at the first that is unknown or malformed
   */
  static MailParameters parse(List<Token> words, Set<EhloKeyword> discarded, boolean smtpUtf8)
      throws Refused {
    long size = 0;
    boolean unicode = false;
    boolean ret = false;
    boolean envid = false;
    boolean auth = false;
    for (Token word : words) {
      String text = word.text();
      String upper = text.toUpperCase(Locale.ROOT);
      if (upper.equals("BODY=8BITMIME") || upper.equals("BODY=7BIT")) {
        continue;
      }
      if (upper.startsWith("SIZE=")) {
        size = size(text.substring("SIZE=".length()));
      } else if (upper.equals("SMTPUTF8") && smtpUtf8) {
        unicode = true;
      } else if (upper.startsWith("AUTH=")) {
        require(!auth, "503 5.5.4 Error: multiple AUTH= options");
        auth = !text.substring("AUTH=".length()).equals("<>");
      } else if (upper.startsWith("RET=")) {
        require(!discarded.contains(EhloKeyword.DSN), DSN_DISABLED);
        boolean known = upper.equals("RET=FULL") || upper.equals("RET=HDRS");
        require(!ret && known, "501 5.5.4 Bad RET parameter syntax");
        ret = true;
      } else if (upper.startsWith("ENVID=")) {
        require(!discarded.contains(EhloKeyword.DSN), DSN_DISABLED);
        boolean legible =
            Xtext.decode(text.substring("ENVID=".length()))
                .filter(Characters::isPrintableAscii)
                .isPresent();
        require(!envid && legible, "501 5.5.4 Bad ENVID parameter syntax");
        envid = true;
      } else {
        throw new Refused("555 5.5.4 Unsupported option: " + text);
      }
    }
    return new MailParameters(size, unicode);
  }

  private static long size(String digits) throws Refused {
    require(Characters.isDigits(digits), "501 5.5.4 Bad message size syntax");
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new Refused("552 5.3.4 Message size exceeds file system imposed limit");
    }
  }

  private static void require(boolean holds, String otherwise) throws Refused {
    if (!holds) {
      throw new Refused(otherwise);
    }
  }
}
