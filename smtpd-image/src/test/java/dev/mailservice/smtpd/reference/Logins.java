package dev.mailservice.smtpd.reference;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The Dovecot that dialogues log in at, if there are any that do. Where it cannot be had they are
 * left out.
 */
final class Logins implements AutoCloseable {
  private static final String MECHANISMS = "plain login cram-md5 anonymous external";
  private static final String REFERENCE = "$dovecot";

  private final Optional<RunningDovecot> dovecot;

  private Logins(Optional<RunningDovecot> dovecot) {
    this.dovecot = dovecot;
  }

  static Logins none() {
    return new Logins(Optional.empty());
  }

  static Logins forAny(Collection<Dialogue> dialogues) throws IOException {
    return new Logins(
        dialogues.stream().anyMatch(Logins::logsIn) && RunningDovecot.isAvailable()
            ? Optional.of(RunningDovecot.start(MECHANISMS))
            : Optional.empty());
  }

  private static boolean logsIn(Dialogue dialogue) {
    return dialogue.options().stream().anyMatch(it -> it.contains(REFERENCE));
  }

  /** Those that can be held. */
  List<Dialogue> possible(List<Dialogue> dialogues) {
    return dialogues.stream().filter(it -> dovecot.isPresent() || !logsIn(it)).toList();
  }

  /** Lines for {@code main.cf} by which options name it. */
  String mainCf() {
    return dovecot.map(it -> "dovecot = %s\n".formatted(it.path())).orElse("");
  }

  @Override
  public void close() {
    dovecot.ifPresent(RunningDovecot::close);
  }
}
