package dev.mailservice.smtpd.protocol;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The commands that the server knows, in the order in which Postfix's log counts them. */
public enum Verb {
  /** RFC 5321 section 4.1.1.1. */
  HELO(Trait.JUNK, Trait.BEFORE_TLS, Trait.ENDS_GROUP),
  /** RFC 5321 section 4.1.1.1. */
  EHLO(Trait.JUNK, Trait.BEFORE_TLS, Trait.ENDS_GROUP),
  /** Postfix's XCLIENT_README. */
  XCLIENT(Trait.BEFORE_TLS),
  /** Postfix's XFORWARD_README. */
  XFORWARD,
  /** RFC 3207. */
  STARTTLS(Trait.BEFORE_TLS),
  /** RFC 4954. */
  AUTH,
  /** RFC 5321 section 4.1.1.2. */
  MAIL,
  /** RFC 5321 section 4.1.1.3. */
  RCPT,
  /** RFC 5321 section 4.1.1.4. */
  DATA(Trait.ENDS_GROUP),
  /** RFC 3030. */
  BDAT,
  /** RFC 5321 section 4.1.1.5. */
  RSET(Trait.JUNK),
  /** RFC 5321 section 4.1.1.9. */
  NOOP(Trait.JUNK, Trait.BEFORE_TLS, Trait.ENDS_GROUP),
  /** RFC 5321 section 4.1.1.6. */
  VRFY(Trait.JUNK, Trait.ENDS_GROUP),
  /** RFC 1985. */
  ETRN(Trait.JUNK),
  /** RFC 5321 section 4.1.1.10. */
  QUIT(Trait.BEFORE_TLS),
  /** Anything else. */
  UNKNOWN;

  private enum Trait {
    JUNK,
    BEFORE_TLS,
    ENDS_GROUP
  }

  private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

  Verb(Trait... traits) {
    this.traits.addAll(Set.of(traits));
  }

  /** The verb that a word means, in any case. */
  static Verb of(String word) {
    for (Verb verb : values()) {
      if (verb != UNKNOWN && verb.name().equalsIgnoreCase(word)) {
        return verb;
      }
    }
    return UNKNOWN;
  }

  /** Whether it delivers no mail, so that {@code smtpd_junk_command_limit} counts it. */
  boolean isJunk() {
    return traits.contains(Trait.JUNK);
  }

  /** Whether it may come before STARTTLS where TLS is mandatory. */
  boolean isAllowedBeforeTls() {
    return traits.contains(Trait.BEFORE_TLS);
  }

  /** Whether nothing may be sent behind it before its reply, RFC 2920 section 3.1. */
  boolean endsGroup() {
    return traits.contains(Trait.ENDS_GROUP);
  }

  /** As Postfix counts it in its disconnect line. */
  public String logName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
