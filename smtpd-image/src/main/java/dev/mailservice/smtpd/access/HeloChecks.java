package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.AccessKeys;
import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.protocol.DomainName;
import java.util.function.BiFunction;

/** Restrictions on what HELO said; without a HELO they say nothing. */
record HeloChecks(RestrictionSettings settings, DomainQuestions domains) {
  private Verdict named(Evaluation it, BiFunction<String, Subject, Verdict> check) {
    return it.inquiry()
        .helo()
        .map(name -> check.apply(name, new Subject(name, Subject.Kind.HELO)))
        .orElse(Verdict.UNDECIDED);
  }

  /** A host's name; an address in brackets only has to be one. */
  private Verdict hostName(Evaluation it, BiFunction<String, Subject, Verdict> check) {
    return named(
        it,
        (name, subject) ->
            name.startsWith("[") ? validLiteral(it, name, subject) : check.apply(name, subject));
  }

  Verdict rejectInvalidHostname(Evaluation it) {
    return hostName(
        it,
        (name, subject) -> {
          String bare = HostSyntax.withoutFinalDot(name);
          return DomainName.isValid(bare) || HostAddress.parse(bare).isPresent()
              ? Verdict.UNDECIDED
              : it.reject(
                  settings.codes().helo().invalid(), "5.5.2", subject.rejected("Invalid name"));
        });
  }

  private Verdict validLiteral(Evaluation it, String name, Subject subject) {
    return DomainName.isLiteral(name)
        ? Verdict.UNDECIDED
        : it.reject(
            settings.codes().helo().invalid(), "5.5.2", subject.rejected("invalid ip address"));
  }

  Verdict rejectNonFqdnHostname(Evaluation it) {
    return hostName(
        it,
        (name, subject) ->
            HostSyntax.isFullyQualified(name)
                ? Verdict.UNDECIDED
                : it.reject(
                    settings.codes().nonFqdn(),
                    "5.5.2",
                    subject.rejected("need fully-qualified hostname")));
  }

  Verdict rejectUnknownHostname(Evaluation it) {
    return hostName(
        it,
        (name, subject) ->
            switch (domains.existence(it, name)) {
              case EXISTS, TAKES_NO_MAIL -> Verdict.UNDECIDED;
              case MISSING ->
                  it.reject(
                      settings.codes().helo().unknown(),
                      "4.7.1",
                      subject.rejected("Host not found"));
              case UNKNOWN ->
                  domains.open(
                      it,
                      settings.codes().putOffUnknownHelo(),
                      new Deferral(450, "4.7.1", subject.rejected("Host not found")));
            });
  }

  Verdict checkAccess(Evaluation it, AccessTable table) {
    return named(
        it,
        (name, subject) ->
            table
                .ask(it, AccessKeys.domain(name, settings.addresses().parents()), subject)
                .orElse(Verdict.UNDECIDED));
  }
}
