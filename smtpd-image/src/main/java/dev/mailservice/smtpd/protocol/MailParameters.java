package dev.mailservice.smtpd.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The ESMTP parameters of MAIL.
 *
 * @param size what SIZE declared, RFC 1870, bytes; 0 if it did not
 * @param smtpUtf8 whether SMTPUTF8 was there, RFC 6531
 * @param verp whether XVERP was there, Postfix's VERP_README
 */
record MailParameters(long size, boolean smtpUtf8, boolean verp) {
  private static final String VERP = "XVERP";
  private static final String DSN_DISABLED = "501 5.7.1 DSN support is disabled";

  /** Whether SMTPUTF8 is among the words, which decides how the address before them is read. */
  static boolean declareSmtpUtf8(List<Token> words) {
    return words.stream().anyMatch(it -> it.text().equalsIgnoreCase("SMTPUTF8"));
  }

  /**
   * Reads the words behind the address.
   *
   * @param offer what was offered; what was not is refused
   * @param settings whether SMTPUTF8 is known, and which delimiters XVERP may have
   * @throws Refused at the first that is unknown or malformed
   */
  static MailParameters parse(List<Token> words, Offer offer, ProtocolSettings settings)
      throws Refused {
    Set<EhloKeyword> discarded = offer.discarded();
    boolean smtpUtf8 = settings.envelopes().smtpUtf8() && !discarded.contains(EhloKeyword.SMTPUTF8);
    boolean verp = false;
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
      } else if (offer.verp() && (upper.equals(VERP) || upper.startsWith(VERP + "="))) {
        verp = true;
        requireDelimiters(text.substring(VERP.length()), settings.verpDelimiters());
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
    return new MailParameters(size, unicode, verp);
  }

  private static void requireDelimiters(String value, String allowed) throws Refused {
    boolean good =
        value.isEmpty()
            || (value.length() == 3
                && allowed.indexOf(value.charAt(1)) >= 0
                && allowed.indexOf(value.charAt(2)) >= 0);
    require(good, "501 5.5.4 Error: %s needs two characters from %s".formatted(VERP, allowed));
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
