package dev.mailservice.smtpd.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.smtpd.Misbehaviour;
import dev.mailservice.smtpd.Misbehaviour.How;
import dev.mailservice.smtpd.Misbehaviour.Where;
import dev.mailservice.smtpd.Root;
import dev.mailservice.smtpd.TestNextHop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever a next hop does wrong, and wherever: a client that goes on as if nothing had happened
 * hears of this server what it hears of Debian's Postfix, the log says the same of it, and the next
 * hop has accepted as many messages. But for what {@code docs/differences.md} says under {@value
 * #SECTION}.
 */
@BesidePostfix
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisbehavingNextHopBesidePostfixTest {
  private static final String SECTION = "## With a next hop that goes wrong";
  private static final Path DOCUMENT = Path.of("../docs/differences.md");

  private static final String PASS_THROUGH = "";
  private static final String SPEED_ADJUST = "speed_adjust";
  private static final int AT_ONCE = 16;

  private static final String SMALL = "C: Subject: hello";

  /** More than the sockets' buffers take, so that who does not read is noticed. */
  private static final String LARGE = "C: \\*8000{%s\\r\\n}end".formatted("x".repeat(998));

  private static final String TIMEOUT = "L: warning: timeout talking to proxy 127.0.0.1:PORT";
  private static final String LOST = "L: warning: lost connection with proxy 127.0.0.1:PORT";
  private static final String TOO_SOON =
      "L: warning: proxy 127.0.0.1:PORT replied before the end of data";

  private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<Wrong, Future<List<Outcome>>> outcomes = new LinkedHashMap<>();
  private DialogueNames names;
  private RunningPostfix postfix;

  /** In what the two servers differ. */
  private enum Difference {
    GIVES_UP_AT_ONCE("a reply that is none is not waited for to become one"),
    LISTENS("a next hop that speaks before a message is whole is heard"),
    GOES_ON("a client may go on with another recipient");

    private final String reason;

    Difference(String reason) {
      this.reason = reason;
    }
  }

  /**
   * What one does, to both servers, and the next hop that does it.
   *
   * @param setting of {@code smtpd_proxy_options}
   * @param goesOn whether the client names a second recipient, whatever became of the first
   */
  private record Wrong(
      Misbehaviour misbehaviour, String setting, boolean goesOn, TestNextHop nextHop) {
    private static Stream<Wrong> all() {
      return Stream.of(PASS_THROUGH, SPEED_ADJUST)
          .flatMap(setting -> Misbehaviour.all().flatMap(it -> all(it, setting)));
    }

    /** With both clients where it matters. */
    private static Stream<Wrong> all(Misbehaviour misbehaviour, String setting) {
      Wrong wrong = with(misbehaviour, setting, true);
      return wrong.beginsAnew()
          ? Stream.of(wrong, with(misbehaviour, setting, false))
          : Stream.of(wrong);
    }

    private static Wrong with(Misbehaviour misbehaviour, String setting, boolean goesOn) {
      try {
        return new Wrong(misbehaviour, setting, goesOn, new TestNextHop());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Dialogue dialogue() {
      var options =
          List.of(
              "smtpd_proxy_filter=" + nextHop.address(),
              "smtpd_proxy_options=" + setting,
              "smtpd_proxy_timeout=" + (isLate() ? 60 : 1) + "s",
              "message_size_limit=0");
      var lines = new ArrayList<String>(List.of("logged", "C: EHLO client.test"));
      lines.add("C: MAIL FROM:<sender@client.test>");
      lines.add("C: RCPT TO:<user@example.test>");
      if (goesOn) {
        lines.add("C: RCPT TO:<other@example.test>");
      }
      lines.addAll(
          List.of(
              "C: DATA",
              is(Where.CONTENT) && (is(How.STALLS) || is(How.STALLS_HALFWAY)) ? LARGE : SMALL,
              "C: .",
              "C: RSET",
              "C: MAIL FROM:<sender@client.test>",
              "C: RCPT TO:<user@example.test>",
              "C: DATA",
              "C: Subject: next",
              "C: .",
              "C: QUIT"));
      return Dialogue.parse(toString(), options, lines);
    }

    boolean is(Where where) {
      return misbehaviour.where() == where;
    }

    boolean is(How how) {
      return misbehaviour.how() == how;
    }

    boolean isLate() {
      return is(How.ANSWERS_LATE);
    }

    /** Whether a new session is begun for the second recipient. */
    private boolean beginsAnew() {
      boolean refuses = is(How.REFUSES) || is(How.REFUSES_FOR_NOW);
      return goesOn
          && setting.equals(PASS_THROUGH)
          && misbehaviour.where().compareTo(Where.MAIL) <= 0
          && !isLate()
          && !refuses;
    }

    private Optional<Difference> difference() {
      if (beginsAnew()) {
        return Optional.of(Difference.GOES_ON);
      }
      if (is(How.SAYS_GARBAGE)) {
        return Optional.of(Difference.GIVES_UP_AT_ONCE);
      }
      return is(Where.CONTENT) && is(How.STALLS_HALFWAY)
          ? Optional.of(Difference.LISTENS)
          : Optional.empty();
    }

    boolean differs(Difference difference) {
      return difference().equals(Optional.of(difference));
    }

    @Override
    public String toString() {
      return misbehaviour
          + (goesOn ? " and the client goes on" : "")
          + (setting.isEmpty() ? "" : " under " + setting);
    }
  }

  /**
   * What came of it with one of the servers.
   *
   * @param said the dialogue with what the client heard and the server logged
   * @param accepted how many messages the next hop has said 250 to
   */
  private record Outcome(List<String> said, int accepted) {}

  @BeforeAll
  void start(PostfixReference reference) throws IOException {
    Root.assumed("Postfix's master can only be started by root");
    List<Wrong> wrongs = Wrong.all().toList();
    names = DialogueNames.forPostfix();
    String mainCf = MainCfOfBoth.with("127.0.0.1:9", Logins.none());
    postfix =
        RunningPostfix.start(
            reference,
            mainCf,
            names.etc(),
            wrongs.stream().map(it -> it.dialogue().options()).toList());
    var ours = new OurServer(mainCf, names.etc());
    for (Wrong wrong : wrongs) {
      outcomes.put(
          wrong, players.submit(() -> List.of(outcome(wrong, ours), outcome(wrong, postfix))));
    }
  }

  private static Outcome outcome(Wrong wrong, Server server) {
    Misbehaviour.Connections connections = wrong.misbehaviour().new Connections();
    wrong.nextHop().following(connections);
    if (wrong.isLate()) {
      Thread.ofVirtual()
          .start(
              () -> {
                await().until(connections::hasReached);
                connections.answer();
              });
    }
    Dialogue dialogue = wrong.dialogue();
    List<String> said = dialogue.written(server.play(dialogue));
    connections.answer();
    return new Outcome(said, connections.accepted().size());
  }

  @AfterAll
  void end() throws IOException {
    players.close();
    if (postfix != null) {
      postfix.close();
    }
    if (names != null) {
      names.close();
    }
    for (Wrong wrong : outcomes.keySet()) {
      wrong.nextHop().close();
    }
  }

  @TestFactory
  Stream<DynamicTest> comes_to_the_same_with_both() {
    return outcomes.keySet().stream()
        .map(it -> DynamicTest.dynamicTest(it.toString(), () -> compare(it)));
  }

  private void compare(Wrong wrong) throws Exception {
    Outcome ours = outcomes.get(wrong).get().getFirst();
    Outcome theirs = outcomes.get(wrong).get().getLast();
    if (wrong.differs(Difference.GOES_ON)) {
      assertThat(heardAtTheDot(theirs)).isEqualTo("S: 354 go on");
      assertThat(heardAtTheDot(ours)).isEqualTo("S: 250 2.0.0 Ok: queued");
      assertThat(ours.accepted()).isEqualTo(2);
    } else {
      assertThat(unlessItHeardWhy(wrong, ours.said()))
          .containsExactlyElementsOf(meant(wrong, theirs.said()));
      assertThat(ours.accepted()).isEqualTo(theirs.accepted());
    }
  }

  private static String heardAtTheDot(Outcome outcome) {
    return outcome.said().get(outcome.said().indexOf("C: .") + 1);
  }

  /** What this server is meant to say, where Postfix says so. */
  private static List<String> meant(Wrong wrong, List<String> theirs) {
    var meant = new ArrayList<String>(theirs);
    if (wrong.differs(Difference.GIVES_UP_AT_ONCE)) {
      assertThat(meant.remove(TIMEOUT) || meant.remove(LOST)).isTrue();
    }
    return meant;
  }

  /** A next hop may be so slow to speak that this server has no more room to send by then. */
  private static List<String> unlessItHeardWhy(Wrong wrong, List<String> ours) {
    var heard = new ArrayList<String>(ours);
    if (wrong.differs(Difference.LISTENS)) {
      heard.replaceAll(it -> it.equals(TOO_SOON) ? TIMEOUT : it);
    }
    return heard;
  }

  @Test
  void every_difference_is_documented_and_no_other() throws IOException {
    String document = Files.readString(DOCUMENT);
    String section = document.substring(document.indexOf(SECTION) + SECTION.length());
    section = section.substring(0, section.indexOf("\n## "));
    assertThat(section.lines().filter(it -> it.startsWith("### ")))
        .containsExactlyElementsOf(
            Stream.of(Difference.values()).map(it -> "### " + it.reason).toList());
  }
}
