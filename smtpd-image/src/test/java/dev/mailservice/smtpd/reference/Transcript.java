package dev.mailservice.smtpd.reference;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the client of a dialogue heard.
 *
 * @param heard lines of replies: at 0 before its first step, at n after its nth
 * @param logged what the server logged meanwhile; empty where the dialogue does not ask for it
 */
record Transcript(List<List<String>> heard, List<String> logged) {
  /** The line that stands where the server has closed the connection. */
  static final String CLOSED = "(closed)";

  /** The line that stands where a reply was due and none came. */
  static final String SILENCE = "(silence)";

  /** The line that stands where a handshake failed. */
  static final String NO_TLS = "(no TLS)";

  Transcript {
    heard = heard.stream().map(List::copyOf).toList();
    logged = List.copyOf(logged);
  }

  /** What was heard by a client that does not see the log. */
  Transcript(List<List<String>> heard) {
    this(heard, List.of());
  }

  Transcript withLog(List<String> lines) {
    return new Transcript(heard, lines);
  }

  /** The server that cannot even be started with these options. */
  static Transcript ofNoServer(String reason) {
    return new Transcript(List.of(List.of("(does not start: " + reason + ")")));
  }

  List<String> after(int step) {
    return step < heard.size() ? heard.get(step) : List.of();
  }

  boolean heardSilence() {
    return heard.stream().anyMatch(it -> it.contains(SILENCE));
  }

  @Override
  public String toString() {
    return heard.stream().map(Object::toString).collect(Collectors.joining("\n"));
  }
}
