package dev.mailservice.smtpd.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A client's part of an SMTP session, and what the reference said to it.
 *
 * @param title unique among all dialogues
 * @param options the file's, then its own
 * @param lines as written, without what the server says
 * @param golden what the file says that the server says
 */
record Dialogue(String title, List<String> options, List<String> lines, Transcript golden) {
  private static final String SERVER = "S: ";
  private static final String LOG_LINE = "L: ";
  private static final String LOGGED = "logged";
  private static final String LOG_TAG = "syslog_name=";
  private static final String OPTION = "-o ";
  private static final Pattern DNS_LIST = Pattern.compile("_(rbl|rhsbl|dnswl|rhswl)_");
  private static final String CLIENT = "as: ";
  private static final String ADDRESS = "from: ";
  private static final String HEADER = "H: ";
  private static final String AGAIN = "again: ";
  private static final String BESIDE = "beside: ";
  private static final String DIFFERS = "differs: ";
  private static final String LOGS_OTHERWISE = "logs otherwise: ";
  private static final String TALKS_FIRST = "talks first";
  private static final String TLS_FIRST = "tls first";

  /** Reads one from the lines of a file behind its title. */
  static Dialogue parse(String title, List<String> fileOptions, List<String> written) {
    var options = new ArrayList<String>(fileOptions);
    var lines = new ArrayList<String>();
    var heard = new ArrayList<List<String>>();
    var logged = new ArrayList<String>();
    heard.add(new ArrayList<>());
    for (String line : written) {
      if (line.startsWith(LOG_LINE)) {
        logged.add(line.substring(LOG_LINE.length()));
        continue;
      }
      if (line.startsWith(SERVER)) {
        heard.getLast().add(line.substring(SERVER.length()));
        continue;
      }
      lines.add(line);
      if (line.startsWith(OPTION)) {
        options.add(line.substring(OPTION.length()));
      } else if (step(title, line).isPresent()) {
        heard.add(new ArrayList<>());
      }
    }
    return of(title, options, lines, new Transcript(heard, logged));
  }

  /** With a name of its own in the log. */
  private static Dialogue of(
      String title, List<String> options, List<String> lines, Transcript golden) {
    var all = new ArrayList<String>(options);
    all.removeIf(it -> it.startsWith(LOG_TAG));
    all.add(LOG_TAG + "dialogue%08x".formatted(title.hashCode()));
    return new Dialogue(title, List.copyOf(all), List.copyOf(lines), golden);
  }

  /**
   * Whether the other client that holds the same dialogue may come to the same service, so that it
   * starts half as many processes: the client's address must tell the sessions apart, and a process
   * warns only once of a DNS list that fails.
   */
  boolean sharesItsService() {
    return headers().isEmpty() && !occupies() && options.stream().noneMatch(DNS_LIST.asPredicate());
  }

  /**
   * The name of the server in the log that holds this dialogue, and no other but that of the other
   * client.
   */
  String logTag() {
    return options.stream()
        .filter(it -> it.startsWith(LOG_TAG))
        .map(it -> it.substring(LOG_TAG.length()))
        .findFirst()
        .orElseThrow();
  }

  /** How many sessions the server has with the client meanwhile. */
  int sessions() {
    return 1 + again() + beside() + (occupies() ? 1 : 0);
  }

  /** The same of other clients and servers, of which it is not written what the server says. */
  List<Dialogue> inOtherMoods() {
    if (value(ADDRESS).isPresent()) {
      return isStressed() ? List.of() : List.of(stressed());
    }
    return isStressed()
        ? List.of(of(client().other()))
        : List.of(of(client().other()), stressed(), of(client().other()).stressed());
  }

  /** Whether the server is under stress from its first client on. */
  boolean isStressed() {
    return options.stream().anyMatch(it -> it.startsWith("stress="));
  }

  private Dialogue stressed() {
    var more = new ArrayList<String>(options);
    more.add("stress=yes");
    return of(title + ", stressed", more, lines, new Transcript(List.of()));
  }

  private Dialogue of(Client other) {
    var others = new ArrayList<String>(List.of(CLIENT + other.word()));
    lines.stream().filter(it -> !it.startsWith(CLIENT)).forEach(others::add);
    String othersTitle = title + ", by a " + other.word() + " client";
    return sharesItsService()
        ? new Dialogue(othersTitle, options, others, new Transcript(List.of()))
        : of(othersTitle, options, others, new Transcript(List.of()));
  }

  List<Step> steps() {
    return lines.stream().flatMap(it -> step(title, it).stream()).toList();
  }

  Client client() {
    return value(ADDRESS)
        .map(Client::at)
        .orElseGet(() -> Client.named(value(CLIENT).orElse("stranger")));
  }

  /** How often the client has come and gone before. */
  int again() {
    return value(AGAIN).map(Integer::parseInt).orElse(0);
  }

  /** How many other sessions the client has open meanwhile. */
  int beside() {
    return value(BESIDE).map(Integer::parseInt).orElse(0);
  }

  /** What a proxy says before the client, piece by piece. */
  List<byte[]> headers() {
    return lines.stream()
        .filter(it -> it.startsWith(HEADER))
        .map(it -> Escapes.bytes(it.substring(HEADER.length())))
        .toList();
  }

  /** Why this server answers otherwise than the reference, if it means to. */
  Optional<String> differs() {
    return value(DIFFERS);
  }

  /** Why this server logs otherwise than the reference, if it means to, though it answers alike. */
  Optional<String> logsOtherwise() {
    return value(LOGS_OTHERWISE);
  }

  /** Whether the client speaks before it has heard the greeting. */
  boolean talksFirst() {
    return lines.contains(TALKS_FIRST);
  }

  /**
   * Whether another client keeps the server busy until this one has spoken. A server that waits for
   * a header is not quick with its greeting, and needs none.
   */
  boolean occupies() {
    return talksFirst() && headers().isEmpty();
  }

  /** Whether the client shakes hands before it has heard the greeting. */
  boolean tlsFirst() {
    return lines.contains(TLS_FIRST);
  }

  /** Its lines with what the server says. */
  List<String> written(Transcript transcript) {
    var written = new ArrayList<String>();
    int steps = 0;
    for (String line : lines) {
      boolean isStep = step(title, line).isPresent();
      if (isStep && steps++ == 0) {
        transcript.after(0).forEach(it -> written.add(SERVER + it));
      }
      // Blank lines before the next title come after what is heard last.
      written.add(line);
      if (isStep) {
        transcript.after(steps).forEach(it -> written.add(SERVER + it));
      }
    }
    if (lines.contains(LOGGED)) {
      transcript.logged().forEach(it -> written.add(LOG_LINE + it));
    }
    return written;
  }

  private Optional<String> value(String prefix) {
    return lines.stream()
        .filter(it -> it.startsWith(prefix))
        .map(it -> it.substring(prefix.length()).strip())
        .findFirst();
  }

  private static Optional<Step> step(String title, String line) {
    if (line.isBlank()
        || line.startsWith("#")
        || line.startsWith(OPTION)
        || line.startsWith(CLIENT)
        || line.startsWith(ADDRESS)
        || line.startsWith(HEADER)
        || line.startsWith(AGAIN)
        || line.startsWith(BESIDE)
        || line.startsWith(DIFFERS)
        || line.startsWith(LOGS_OTHERWISE)
        || line.equals(LOGGED)
        || line.equals(TALKS_FIRST)
        || line.equals(TLS_FIRST)) {
      return Optional.empty();
    }
    Optional<Step> step = Step.parse(line);
    if (step.isEmpty()) {
      throw new IllegalArgumentException(
          "dialogue '%s': %s: not understood, README.md beside it says what may stand here"
              .formatted(title, line));
    }
    return step;
  }
}
