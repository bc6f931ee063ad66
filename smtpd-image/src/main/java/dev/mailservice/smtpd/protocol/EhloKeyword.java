package dev.mailservice.smtpd.protocol;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The keywords that {@code smtpd_discard_ehlo_keywords} knows, in the order of Postfix's log. */
public enum EhloKeyword {
  EIGHT_BIT_MIME("8BITMIME"),
  AUTH("AUTH"),
  ETRN("ETRN"),
  PIPELINING("PIPELINING"),
  SIZE("SIZE"),
  VERP("VERP"),
  VRFY("VRFY"),
  XCLIENT("XCLIENT"),
  XFORWARD("XFORWARD"),
  STARTTLS("STARTTLS"),
  ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES"),
  DSN("DSN"),
  SMTPUTF8("SMTPUTF8"),
  CHUNKING("CHUNKING"),
  /** No keyword: that what is discarded is not logged. */
  SILENT("SILENT-DISCARD");

  private final String word;

  EhloKeyword(String word) {
    this.word = word;
  }

  /**
   * The keywords that a list names, in any case, with blanks or commas between them. A word that is
   * none is passed over, as in Postfix's ehlo_mask(3): it may be a keyword of another version.
   */
  public static Set<EhloKeyword> parse(String list) {
    var keywords = EnumSet.noneOf(EhloKeyword.class);
    for (String word : list.strip().split("[\\s,]+", -1)) {
      for (EhloKeyword keyword : values()) {
        if (keyword.word.equalsIgnoreCase(word)) {
          keywords.add(keyword);
        }
      }
    }
    return keywords;
  }

  /** Keywords as Postfix's log names them. */
  public static String logNames(Set<EhloKeyword> keywords) {
    return keywords.stream().map(EhloKeyword::logName).collect(Collectors.joining(" "));
  }

  /** One of them has the name that it has in Postfix's source. */
  private String logName() {
    return this == SMTPUTF8 ? "EHLO_MASK_SMTPUTF8" : word.toUpperCase(Locale.ROOT);
  }
}
