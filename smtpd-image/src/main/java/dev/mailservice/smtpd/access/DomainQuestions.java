package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.dns.Answer;
import dev.mailservice.smtpd.dns.RecordType;
import java.util.List;

/** Whether a domain is one, as the Domain Name System has it. */
final class DomainQuestions {
  /** What there is of a name. */
  enum Existence {
    /** An address, or somebody who takes its mail. */
    EXISTS,
    /** It says that it takes no mail, RFC 7505. */
    TAKES_NO_MAIL,
    /** Neither an address nor a mail exchanger. */
    MISSING,
    /** Nobody could say. */
    UNKNOWN
  }

  /** Asks for a mail exchanger first, then for addresses, as RFC 5321 section 5.1 has it. */
  Existence existence(Evaluation it, String name) {
    boolean unknown = false;
    for (RecordType type : List.of(RecordType.MX, RecordType.A, RecordType.AAAA)) {
      switch (it.dns().lookup(name, type)) {
        case Answer.Found found -> {
          return type == RecordType.MX && isNull(found)
              ? Existence.TAKES_NO_MAIL
              : Existence.EXISTS;
        }
        case Answer.Missing(boolean domainExists) -> {
          if (!domainExists) {
            return unknown ? Existence.UNKNOWN : Existence.MISSING;
          }
        }
        case Answer.Unknown open -> unknown = true;
      }
    }
    return unknown ? Existence.UNKNOWN : Existence.MISSING;
  }

  static boolean isNull(Answer.Found exchangers) {
    return exchangers.values().stream().allMatch(it -> it.isEmpty() || it.equals("."));
  }

  /**
   * A question stays open.
   *
   * @param atOnce whether the client is put off at once, or only if nothing else refuses it
   */
  Verdict open(Evaluation it, boolean atOnce, Deferral deferral) {
    if (atOnce) {
      return it.reject(deferral.code(), deferral.enhanced(), deferral.text());
    }
    it.deferIfPermit(deferral);
    return Verdict.UNDECIDED;
  }
}
