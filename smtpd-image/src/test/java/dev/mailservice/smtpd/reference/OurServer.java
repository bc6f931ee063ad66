package dev.mailservice.smtpd.reference;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.smtpd.ServerInsides;
import dev.mailservice.smtpd.Smtpd;
import dev.mailservice.smtpd.session.MailLog;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * This project's server, started as its command line would start it, once for each dialogue.
 *
 * @param etc where it finds out how names are found
 */
record OurServer(String mainCf, Path etc) implements Server {

  @Override
  public Transcript play(Dialogue dialogue) {
    var log = new ByteArrayOutputStream();
    try (Smtpd smtpd = start(dialogue.options(), log)) {
      smtpd.start();
      Transcript heard = Conversation.play(dialogue, smtpd.address());
      new ServerInsides(smtpd).awaitNothingHeld();
      ServerInsides.requireNoFault(lines(log));
      return heard.withLog(SessionLogLines.await(() -> lines(log), dialogue));
    } catch (Smtpd.StartException e) {
      return Transcript.ofNoServer(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A value that cannot be read ends the command line's server in the same way.
      return Transcript.ofNoServer(e.toString());
    }
  }

  private static List<String> lines(ByteArrayOutputStream log) {
    return log.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private Smtpd start(List<String> options, OutputStream log) throws Smtpd.StartException {
    Configuration main = configuration(options);
    ConfigurationCheck.check(main).stream()
        .filter(it -> it.severity() == Severity.ERROR)
        .findFirst()
        .ifPresent(
            it -> {
              throw new IllegalArgumentException(it.toString());
            });
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var out = new PrintStream(log, true, StandardCharsets.UTF_8);
    return new Smtpd(main, anyPort, anyPort, new MailLog(out, Clock.systemUTC(), "mx"), etc);
  }

  private Configuration configuration(List<String> options) {
    var overrides = new ArrayList<String>();
    // Somebody else leads: a server that watched its own limit might become stressed by itself.
    overrides.add("stress=");
    overrides.addAll(options);
    return KnownParameters.forServer(MainCf.parse("main.cf", mainCf), overrides, "mx.example.test");
  }
}
