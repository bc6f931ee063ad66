package dev.mailservice.smtpd.fuzz;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.smtpd.Smtpd;
import dev.mailservice.smtpd.session.MailLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A server for each of the settings, begun when it is first wanted. */
final class FuzzedServers {
  private static final int SLOTS = 2;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final MailLog log =
      new MailLog(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC(), "mx");
  private final StrictNextHop nextHop;
  private final Map<List<String>, Smtpd> started = new HashMap<>();

  FuzzedServers() throws IOException {
    this.nextHop = new StrictNextHop();
  }

  StrictNextHop nextHop() {
    return nextHop;
  }

  /** Forgets what was before. */
  void begin() {
    nextHop.begin();
    logged.reset();
  }

  List<String> log() {
    return logged.toString(StandardCharsets.UTF_8).lines().toList();
  }

  Smtpd with(List<String> options) {
    return started.computeIfAbsent(options, this::start);
  }

  private Configuration configuration(List<String> options) {
    String mainCf =
        Circumstances.ALL.entrySet().stream()
            .map(it -> it.getKey() + " = " + it.getValue() + "\n")
            .collect(Collectors.joining());
    var overrides = new ArrayList<String>();
    // A server that watched its own limit would become stressed by itself.
    overrides.add("stress=");
    overrides.add("default_process_limit=" + SLOTS);
    overrides.add("smtpd_proxy_filter=" + nextHop.address());
    overrides.addAll(options);
    return KnownParameters.forServer(MainCf.parse("main.cf", mainCf), overrides, "mx.example.test");
  }

  private Smtpd start(List<String> options) {
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      var smtpd = new Smtpd(configuration(options), anyPort, anyPort, log);
      smtpd.start();
      return smtpd;
    } catch (Smtpd.StartException e) {
      throw new IllegalStateException(e);
    }
  }
}
