package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.AccessKeys;
import dev.mailservice.smtpd.dns.Answer;
import dev.mailservice.smtpd.dns.RecordType;
import dev.mailservice.smtpd.protocol.DomainName;
import java.util.List;
import java.util.Optional;

/**
 * Asks tables about the servers behind a name: its mail exchangers, name servers or addresses.
 * Follows Postfix's check_server_access.
 *
 * @param restriction as {@code main.cf} names it, {@code check_sender_mx_access} and its like
 * @param type MX, NS, or A for the addresses of the name itself
 */
record ServerAccess(RestrictionSettings settings, String restriction, RecordType type) {
  /**
   * Asks. A table may not let anybody through here, because the owner of a name says himself where
   * its servers are.
   *
   * @param name a domain, a host's name, or an address whose domain counts
   */
  Verdict check(Evaluation it, AccessTable table, String name, Subject subject) {
    int at = name.lastIndexOf('@');
    String domain = name.substring(at + 1);
    Optional<Verdict> found =
        domain.startsWith("[")
            ? literal(it, table, domain, subject)
            : servers(it, domain, name).stream()
                .map(server -> server(it, table, server, subject))
                .flatMap(Optional::stream)
                .findFirst();
    if (found.filter(verdict -> verdict == Verdict.PERMIT).isPresent()) {
      throw new ConfigurationFault(
          "restriction %s returns OK for %s".formatted(restriction, name),
          "this is not allowed for security reasons",
          "use DUNNO instead of OK if you want to make an exception");
    }
    return found.orElse(Verdict.UNDECIDED);
  }

  /** An address in brackets is its own mail exchanger and has no name servers. */
  private Optional<Verdict> literal(
      Evaluation it, AccessTable table, String domain, Subject subject) {
    return type == RecordType.NS
        ? Optional.empty()
        : DomainName.literal(domain)
            .flatMap(address -> table.ask(it, AccessKeys.address(address.toString()), subject));
  }

  private List<String> servers(Evaluation it, String domain, String name) {
    if (type == RecordType.A) {
      return List.of(domain);
    }
    Answer answer = it.dns().lookup(domain, type);
    if (answer instanceof Answer.Missing) {
      return type == RecordType.MX ? List.of(domain) : ofParents(it, domain, name);
    }
    return found(it, answer, domain, name);
  }

  /** A name without name servers of its own has those of the zone that it would be in. */
  private List<String> ofParents(Evaluation it, String domain, String name) {
    String parent = domain;
    Answer answer = new Answer.Missing(true);
    int dot = parent.indexOf('.');
    while (dot >= 0 && dot < parent.length() - 1 && answer instanceof Answer.Missing) {
      parent = parent.substring(dot + 1);
      answer = it.dns().lookup(parent, type);
      dot = parent.indexOf('.');
    }
    return found(it, answer, parent, name);
  }

  private List<String> found(Evaluation it, Answer answer, String domain, String name) {
    return switch (answer) {
      case Answer.Found servers when DomainQuestions.isNull(servers) -> List.of();
      case Answer.Found servers -> servers.values();
      case Answer.Missing missing -> unknown(it, domain, name, "Host not found");
      case Answer.Unknown open -> unknown(it, domain, name, Answer.Unknown.REASON);
    };
  }

  private List<String> unknown(Evaluation it, String domain, String name, String why) {
    it.log()
        .warning(
            "Unable to look up %s host for %s: %s"
                .formatted(type, domain.isEmpty() ? name : domain, why));
    return List.of();
  }

  private Optional<Verdict> server(
      Evaluation it, AccessTable table, String server, Subject subject) {
    return table
        .ask(it, AccessKeys.domain(server, settings.addresses().parents()), subject)
        .or(() -> addresses(it, table, server, subject));
  }

  private Optional<Verdict> addresses(
      Evaluation it, AccessTable table, String server, Subject subject) {
    List<Answer> answers =
        List.of(RecordType.A, RecordType.AAAA).stream()
            .map(family -> it.dns().lookup(server, family))
            .toList();
    List<String> addresses =
        answers.stream()
            .filter(Answer.Found.class::isInstance)
            .flatMap(answer -> ((Answer.Found) answer).values().stream())
            .toList();
    if (addresses.isEmpty() && type != RecordType.A) {
      it.log()
          .warning(
              "Unable to look up %s host %s for %s %s: %s"
                  .formatted(type, server, subject.kind().words(), subject.name(), why(answers)));
    }
    return addresses.stream()
        .map(address -> table.ask(it, AccessKeys.address(address), subject))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Why a name has no address, in the words of gai_strerror(3). */
  private static String why(List<Answer> answers) {
    if (answers.stream().anyMatch(Answer.Unknown.class::isInstance)) {
      return "Temporary failure in name resolution";
    }
    return answers.contains(new Answer.Missing(true))
        ? "No address associated with hostname"
        : "Name or service not known";
  }
}
