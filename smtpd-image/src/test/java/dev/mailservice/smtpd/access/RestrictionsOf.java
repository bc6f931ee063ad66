package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.table.NetworkTables;
import dev.mailservice.smtpd.dns.Answer;
import dev.mailservice.smtpd.dns.RecordType;
import dev.mailservice.smtpd.policy.PolicyServers;
import dev.mailservice.smtpd.sasl.AuthenticationServices;
import dev.mailservice.smtpd.session.SmtpdSettings;
import dev.mailservice.smtpd.table.TableDirectory;
import dev.mailservice.smtpd.table.TableFiles;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The restrictions of a {@code main.cf}, with answers of the DNS that the test gives. */
final class RestrictionsOf {
  private final Restrictions restrictions;
  private final Map<String, Answer> answers = new HashMap<>();

  RestrictionsOf(String mainCf) {
    var main = KnownParameters.forServer(MainCf.parse("main.cf", mainCf), List.of(), "mx");
    var tables =
        new TableDirectory(new TableFiles(), NetworkTables.unreachable(), warning -> {}, () -> 0L);
    restrictions =
        SmtpdSettings.from(
                main,
                tables,
                new PolicyServers(warning -> {}, () -> 0L),
                new AuthenticationServices(() -> 0L),
                () -> Instant.EPOCH)
            .restrictions();
  }

  RestrictionsOf answer(String name, RecordType type, Answer answer) {
    answers.put(name + " " + type, answer);
    return this;
  }

  SessionRestrictions session(RestrictionLog log) {
    return new SessionRestrictions(
        () -> restrictions,
        log,
        () -> (name, type) -> answers.getOrDefault(name + " " + type, new Answer.Missing(false)));
  }
}
