package dev.mailservice.e2e.bench.throughput;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.Section;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.bench.side.OurServer;
import dev.mailservice.e2e.bench.side.PostfixServer;
import dev.mailservice.e2e.bench.side.Side;
import dev.mailservice.e2e.bench.side.TlsFiles;
import dev.mailservice.e2e.load.Sessions;
import dev.mailservice.e2e.load.TrustingTls;
import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import dev.mailservice.e2e.smtp.AddressAndPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How many messages both servers take, what that costs them, and how long a message takes; beside
 * each other, in front of the same sink.
 */
public final class Throughput implements Section {
  private final Function<BenchPlan, List<Case>> cases;
  private final Function<BenchPlan, Pacing> pacing;

  /** The section as the command line has it. */
  public Throughput() {
    this(plan -> cases(plan.quick()), Throughput::pacing);
  }

  /** One with loads of its own. */
  Throughput(Function<BenchPlan, List<Case>> cases, Function<BenchPlan, Pacing> pacing) {
    this.cases = cases;
    this.pacing = pacing;
  }

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String description() {
    return "messages per second, per CPU second of the server, and their delay";
  }

  @Override
  public SectionReport measure(BenchPlan plan) throws IOException, InterruptedException {
    var ledger = new Ledger(Clock.systemUTC().instant());
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SinkServer sink = SinkServer.start(loopback, "sink.example.test", ledger);
        TlsFiles tls = TlsFiles.create()) {
      String mainCf = mainCf(sink.address(), tls.chain());
      var measurement = new Measurement(sink.address(), ledger, TrustingTls.context());
      try (Side ours = OurServer.start(plan.project(), mainCf, "-o", "stress=");
          Side postfix = PostfixServer.start(plan.project(), mainCf)) {
        var comparison = new Comparison(plan, pacing.apply(plan), measurement, ours, postfix);
        for (Case load : cases.apply(plan)) {
          comparison.compare(load);
        }
        return new SectionReport(
            name(),
            description(),
            comparison.conditions(mainCf),
            comparison.rows(),
            comparison.curves(),
            comparison.runs());
      }
    } catch (GeneralSecurityException noTls) {
      throw new IOException(noTls);
    }
  }

  /**
   * What both sides are given; each adds only where its folders are. Nobody asks the DNS, and the
   * limit is far above the clients there are, as a session may end after its client has begun the
   * next.
   */
  private static String mainCf(InetSocketAddress nextHop, Path chain) {
    return """
    compatibility_level = 3.6
    myhostname = mx.example.test
    mydestination = example.test
    local_recipient_maps =
    alias_maps =
    mynetworks = 127.0.0.0/8
    smtpd_relay_restrictions = reject_unauth_destination
    smtpd_peername_lookup = no
    inet_protocols = ipv4
    default_process_limit = 400
    smtpd_proxy_filter = %s
    smtpd_tls_security_level = may
    smtpd_tls_chain_files = %s
    """
        .formatted(AddressAndPort.format(nextHop), chain);
  }

  private static Pacing pacing(BenchPlan plan) {
    return new Pacing(
        // A Java server is as fast as it becomes after some 30,000 messages (docs/performance.md).
        Duration.ofSeconds(plan.quick() ? 16 : 30),
        Duration.ofSeconds(1),
        Duration.ofSeconds(plan.quick() ? 1 : 2));
  }

  /** All loads, or those of a quick run. */
  static List<Case> cases(boolean quick) {
    if (quick) {
      return List.of(
          new Case(2, 1, Sessions.ONE_MESSAGE_EACH, false),
          new Case(2, 20, Sessions.ONE_MESSAGE_EACH, false),
          new Case(2, 20, Sessions.KEPT, false),
          new Case(200, 20, Sessions.ONE_MESSAGE_EACH, false),
          new Case(2, 20, Sessions.ONE_MESSAGE_EACH, true));
    }
    var cases = new ArrayList<Case>();
    for (boolean tls : List.of(false, true)) {
      for (int size : List.of(2, 200)) {
        for (Sessions sessions : Sessions.values()) {
          for (int clients : List.of(1, 20, 100)) {
            // With kept sessions TLS is a handshake at the beginning, and not a message's.
            if (!tls || sessions == Sessions.ONE_MESSAGE_EACH) {
              cases.add(new Case(size, clients, sessions, tls));
            }
          }
        }
      }
    }
    return cases;
  }
}
