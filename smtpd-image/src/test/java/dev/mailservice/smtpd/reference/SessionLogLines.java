package dev.mailservice.smtpd.reference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server logs of a dialogue's sessions, as far as both servers must log the same. */
final class SessionLogLines {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A line of a session; before it the time and the host, which are matters of the run. */
  private static final Pattern LINE = Pattern.compile("^.*?/smtpd\\[(\\d+)]: (.*)$");

  /** The last that is said of a client, and what Postfix's smtpd says when it gives up. */
  private static final Pattern END = Pattern.compile("(disconnect from|fatal:) .*");

  private static final String BEGIN = "connect from ";

  private SessionLogLines() {}

  /**
   * Waits until all sessions have ended.
   *
   * @param log all lines so far of the server that has the sessions
   */
  static List<String> await(Supplier<List<String>> log, Dialogue dialogue) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> lines = of(log.get(), dialogue);
    while (ended(lines) < dialogue.sessions() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      lines = of(log.get(), dialogue);
    }
    return lines;
  }

  private static long ended(List<String> lines) {
    return lines.stream().filter(END.asMatchPredicate()).count();
  }

  /** Session by session, in the order in which they begin. */
  private static List<String> of(List<String> log, Dialogue dialogue) {
    var sessions = new ArrayList<List<String>>();
    Map<String, List<String>> current = new HashMap<>();
    for (String line : log) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && !OneSided.is(matcher.group(2))) {
        String text = comparable(matcher.group(2));
        List<String> session =
            current.computeIfAbsent(
                matcher.group(1),
                _ -> {
                  var begun = new ArrayList<String>();
                  sessions.add(begun);
                  return begun;
                });
        session.add(text);
        if (END.matcher(text).matches()) {
          current.remove(matcher.group(1));
        }
      }
    }
    return sessions.stream().filter(it -> isOf(dialogue, it)).flatMap(List::stream).toList();
  }

  private static boolean isOf(Dialogue dialogue, List<String> session) {
    if (!dialogue.sharesItsService()) {
      return true;
    }
    Optional<String> connected = session.stream().filter(it -> it.startsWith(BEGIN)).findFirst();
    String address = "[%s]".formatted(dialogue.client().address().getHostAddress());
    return connected.map(it -> it.endsWith(address)).orElse(ended(session) > 0);
  }

  /** Without ports and a TLS client's first words, which differ from run to run. */
  private static String comparable(String text) {
    return text.replaceFirst("for service \\S+$", "for service NAME")
        .replaceAll("(proxy(?: filter)? \\S+):\\d+", "$1:PORT")
        .replaceFirst("(unrecognized protocol header: \\\\026\\\\003).*", "$1 RANDOM");
  }
}
