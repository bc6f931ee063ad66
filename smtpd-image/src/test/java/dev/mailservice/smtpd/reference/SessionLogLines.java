package dev.mailservice.smtpd.reference;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What a server logs of a session, as far as both servers must log the same. */
final class SessionLogLines {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern END = Pattern.compile("disconnect from .*");

  /** What is a matter of the day, the port or the process. */
  private static final Pattern HEAD = Pattern.compile("^.*?/smtpd\\[\\d+]: ");

  private SessionLogLines() {}

  /**
   * Waits until the session has ended.
   *
   * @param log all lines so far
   * @param name what the server that had the session calls itself in the log
   */
  static List<String> await(Supplier<List<String>> log, String name) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> lines = of(log.get(), name);
    while (lines.stream().noneMatch(END.asMatchPredicate()) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      lines = of(log.get(), name);
    }
    return lines;
  }

  private static List<String> of(List<String> log, String name) {
    return log.stream()
        .filter(it -> it.contains(" " + name + "/smtpd["))
        .map(it -> HEAD.matcher(it).replaceFirst(""))
        .filter(it -> !it.startsWith("started: "))
        .map(it -> it.replaceFirst("for service \\S+$", "for service NAME"))
        .map(it -> it.replaceAll("(proxy(?: filter)? \\S+):\\d+", "$1:PORT"))
        .toList();
  }
}
