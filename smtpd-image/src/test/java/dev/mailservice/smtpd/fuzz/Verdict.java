package dev.mailservice.smtpd.fuzz;

import dev.mailservice.smtpd.fuzz.StrictNextHop.Accepted;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must hold of a session whatever its client says.
 *
 * @param heard all that the client was told
 * @param heardAll whether it stayed to the end
 * @param lines how many lines it said
 * @param accepted what the next hop accepted, in order
 * @param log what the server logged
 */
record Verdict(
    String heard, boolean heardAll, int lines, List<Accepted> accepted, List<String> log) {
  private static final int LONGEST_LINE = 5000;

  /** CR LF alone ends a line; what else a client has said may be repeated to it, as in Postfix. */
  private static final Pattern LINE = Pattern.compile("([2-5]\\d\\d)([ -])([^\r\n\\x00]*)\r\n");

  /** The texts that say yes to something else than a message. */
  private static final Pattern YES_TO_OTHERS =
      Pattern.compile(
          "Queuing started|2\\.0\\.0 Ok|2\\.1\\.0 Ok|2\\.1\\.5 Ok|2\\.0\\.0 Ok: \\d+ bytes|mx\\.example\\.test"
              + "|SIZE( \\d+)?|VRFY|ETRN|ENHANCEDSTATUSCODES|8BITMIME|DSN|SMTPUTF8|CHUNKING"
              + "|XCLIENT .*|XFORWARD .*");

  /** What begins a transaction, and takes a recipient; nothing else is answered so. */
  private static final String SENDER_OK = "2.1.0 Ok";

  private static final String RECIPIENT_OK = "2.1.5 Ok";

  private record Reply(String code, String text) {}

  /** Throws what a fuzzer keeps an input for. */
  void orFail() {
    List<Reply> replies = replies();
    var acknowledged = new ArrayList<Accepted>();
    int recipients = 0;
    boolean afterGoOn = false;
    for (Reply reply : replies) {
      boolean queued = reply.text().startsWith(StrictNextHop.QUEUED);
      if (queued) {
        acknowledged.add(new Accepted(reply.text(), recipients));
      }
      recipients =
          switch (reply.text()) {
            case SENDER_OK -> 0;
            case RECIPIENT_OK -> recipients + 1;
            default -> recipients;
          };
      if (reply.code().equals("250") && !queued) {
        require(YES_TO_OTHERS.matcher(reply.text()).matches(), "an unknown yes: " + reply.text());
        require(!afterGoOn, "a message is acknowledged without the next hop: " + reply.text());
      }
      afterGoOn = reply.code().equals("354");
    }
    requireSame(acknowledged);
    require(replies.size() <= lines + 2, "more replies than lines: " + replies.size());
    log.forEach(Verdict::orFail);
  }

  private void requireSame(List<Accepted> acknowledged) {
    List<Accepted> expected =
        heardAll ? accepted : accepted.subList(0, Math.min(acknowledged.size(), accepted.size()));
    require(
        acknowledged.equals(expected),
        "the client was told %s, the next hop accepted %s".formatted(acknowledged, accepted));
  }

  private List<Reply> replies() {
    var replies = new ArrayList<Reply>();
    Matcher line = LINE.matcher(heard);
    int at = 0;
    String code = "";
    while (line.find() && line.start() == at) {
      at = line.end();
      require(line.end() - line.start() <= LONGEST_LINE, "a line too long: " + line.group());
      require(code.isEmpty() || code.equals(line.group(1)), "codes differ: " + line.group());
      boolean last = line.group(2).equals(" ");
      code = last ? "" : line.group(1);
      if (last) {
        replies.add(new Reply(line.group(1), line.group(3)));
      }
    }
    require(!heardAll || (at == heard.length() && code.isEmpty()), "no reply: " + rest(at));
    return replies;
  }

  private String rest(int at) {
    return heard.substring(at, Math.min(heard.length(), at + 200));
  }

  private static void orFail(String logged) {
    require(
        Stream.of("ended by a fault", "Exception", "java.", "dev.mailservice")
            .noneMatch(logged::contains),
        "a fault: " + logged);
    require(
        logged.chars().allMatch(c -> c >= ' ' && c != 0x7f),
        "a control character in the log: " + logged);
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
