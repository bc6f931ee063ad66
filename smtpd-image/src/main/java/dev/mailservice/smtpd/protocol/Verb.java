package dev.mailservice.smtpd.protocol;

import java.util.Locale;

/** The commands that the server knows. */
public enum Verb {
  /** RFC 5321 section 4.1.1.1. */
  HELO,
  /** RFC 5321 section 4.1.1.1. */
  EHLO,
  /** RFC 5321 section 4.1.1.2. */
  MAIL,
  /** RFC 5321 section 4.1.1.3. */
  RCPT,
  /** RFC 5321 section 4.1.1.4. */
  DATA,
  /** RFC 5321 section 4.1.1.5. */
  RSET,
  /** RFC 5321 section 4.1.1.6. */
  VRFY,
  /** RFC 5321 section 4.1.1.9. */
  NOOP,
  /** RFC 5321 section 4.1.1.10. */
  QUIT,
  /** Anything else. */
  UNKNOWN;

  /** The verb that a word means, in any case. */
  static Verb of(String word) {
    for (Verb verb : values()) {
      if (verb != UNKNOWN && verb.name().equalsIgnoreCase(word)) {
        return verb;
      }
    }
    return UNKNOWN;
  }

  /** As Postfix counts it in its disconnect line. */
  public String logName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
