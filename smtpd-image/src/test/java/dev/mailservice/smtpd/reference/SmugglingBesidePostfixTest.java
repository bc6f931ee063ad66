package dev.mailservice.smtpd.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.smtpd.Root;
import dev.mailservice.smtpd.Smtpd;
import dev.mailservice.smtpd.Smuggling;
import dev.mailservice.smtpd.Smuggling.Outcome;
import dev.mailservice.smtpd.TestNextHop;
import dev.mailservice.smtpd.session.MailLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What comes of an attempt to smuggle is what comes of it with Debian's Postfix: the replies, and
 * the next hop's messages byte for byte. But for a bare carriage return, which Postfix leaves to
 * its next hop where that is a filter, and which is white space here.
 */
@BesidePostfix
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingBesidePostfixTest {
  private static final List<List<String>> SETTINGS =
      List.of(
          List.of("smtpd_forbid_bare_newline=no"),
          List.of("smtpd_forbid_bare_newline=yes"),
          List.of("smtpd_forbid_bare_newline=normalize"),
          List.of("smtpd_forbid_bare_newline=reject"),
          List.of("smtpd_forbid_bare_newline=reject", "smtpd_forbid_bare_newline_reject_code=554"),
          List.of(
              "smtpd_forbid_bare_newline=normalize",
              "smtpd_forbid_bare_newline_exclusions=127.0.0.0/8"));

  private final Smuggling.NextHop seen = new Smuggling.NextHop();
  private final Map<List<String>, InetSocketAddress> theirs = new LinkedHashMap<>();
  private TestNextHop nextHop;
  private PostfixMaster postfix;
  private String mainCf;

  @BeforeAll
  void start(PostfixReference reference) throws IOException {
    Root.assumed("Postfix's master can only be started by root");
    nextHop = new TestNextHop().following(seen);
    mainCf = MainCfOfBoth.with(nextHop.address(), Logins.none());
    List<InetSocketAddress> ports = PostfixMaster.freePorts(SETTINGS.size());
    var masterCf = new StringBuilder(PostfixMaster.ASKED_BY_SMTPD);
    for (List<String> options : SETTINGS) {
      InetSocketAddress address = ports.get(theirs.size());
      theirs.put(options, address);
      masterCf.append(PostfixMaster.smtpd(address, options));
    }
    postfix = PostfixMaster.start(reference, mainCf, masterCf.toString(), ports.getLast());
  }

  @AfterAll
  void end() throws IOException {
    if (postfix != null) {
      postfix.close();
    }
    if (nextHop != null) {
      nextHop.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> both_see_the_same_messages() {
    return SETTINGS.stream()
        .map(options -> DynamicTest.dynamicTest(options.toString(), () -> compare(options)));
  }

  /** One after the other: the next hop is the same for all. */
  private synchronized void compare(List<String> options) throws Exception {
    var ours = new ArrayList<String>();
    var expected = new ArrayList<String>();
    try (Smtpd smtpd = start(options)) {
      smtpd.start();
      for (Smuggling attempt : Smuggling.all().toList()) {
        ours.add(attempt + ": " + attempt.attempt(smtpd.address(), seen));
        expected.add(
            attempt + ": " + withoutBareReturns(attempt.attempt(theirs.get(options), seen)));
      }
    }
    assertThat(ours).containsExactlyElementsOf(expected);
  }

  private static Outcome withoutBareReturns(Outcome outcome) {
    return new Outcome(
        outcome.heard(),
        outcome.messages().stream().map(it -> it.replaceAll("\\\\r(?!\\\\n)", " ")).toList());
  }

  private Smtpd start(List<String> options) throws Smtpd.StartException {
    var overrides = new ArrayList<>(options);
    overrides.add("stress=");
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var unread = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Smtpd(
        KnownParameters.forServer(MainCf.parse("main.cf", mainCf), overrides, "mx.example.test"),
        anyPort,
        anyPort,
        new MailLog(unread, Clock.systemUTC(), "mx"));
  }
}
