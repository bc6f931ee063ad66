package dev.mailservice.e2e.soak;

import dev.mailservice.e2e.bench.side.FreePort;
import dev.mailservice.e2e.bench.side.StartedLine;
import dev.mailservice.e2e.flood.ArrivalPattern;
import dev.mailservice.e2e.flood.Flood;
import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.FloodPlan;
import dev.mailservice.e2e.flood.HogKind;
import dev.mailservice.e2e.flood.Outcome;
import dev.mailservice.e2e.flood.SourceAddresses;
import dev.mailservice.e2e.flood.Totals;
import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One server of 100 slots, of which hogs of all kinds hold about 65 and good mail, a session each,
 * the rest of 70: as busy as the operator lets a fleet be before it adds pods.
 */
public final class Soak {
  private static final int SLOTS = 100;
  private static final int HOGS = 67;
  private static final int GOOD_PER_SECOND = 40;
  private static final int MESSAGE_SIZE = 4000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A sample takes a moment, and must not be one of a server that has nothing to do any more. */
  private static final Duration LAST_SAMPLE_BEFORE_END = Duration.ofSeconds(5);

  private static final String MAIN_CF =
      """
      compatibility_level = 3.6
      myhostname = mx.example.test
      mydestination = example.test
      local_recipient_maps =
      smtpd_relay_restrictions = reject_unauth_destination
      smtpd_peername_lookup = no
      smtpd_timeout = 10s
      smtpd_client_connection_count_limit = 0
      smtpd_client_slot_share_limit = 0
      default_process_limit = %d
      smtpd_proxy_filter = 127.0.0.1:%d
      """;

  private final Path project;
  private final long seed;
  private final Consumer<String> progress;
  private final Ledger ledger = new Ledger(Clock.systemUTC().instant());
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /**
   * @param project the folder of the built project
   * @param seed of good mail's arrivals
   * @param progress is told of each sample, a line at a time
   */
  public Soak(Path project, long seed, Consumer<String> progress) {
    this.project = project;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * What a soak has come to.
   *
   * @param samples in their order
   * @param verdicts about each gauge
   * @param good mail
   * @param lost how many acknowledged messages the next hop does not have
   */
  public record Result(List<Sample> samples, List<Verdict> verdicts, Totals good, int lost) {
    /** Whether all is flat, and nothing lost. */
    public boolean isGood() {
      return lost == 0 && verdicts.stream().allMatch(Verdict::isFlat);
    }
  }

  /**
   * Runs it.
   *
   * @param length of the load
   * @param every how often a sample is taken
   */
  public Result run(Duration length, Duration every) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("soak-");
    Path log = folder.resolve("server.log");
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SinkServer sink = SinkServer.start(loopback, "sink.example.test", ledger)) {
      Files.writeString(
          folder.resolve("main.cf"), MAIN_CF.formatted(SLOTS, sink.address().getPort()));
      InetSocketAddress admin = FreePort.find();
      Process server = start(folder, log, admin.getPort());
      try (var probe = new ServerProbe(server.pid(), admin)) {
        return run(StartedLine.await(server, log), probe, length, every);
      } finally {
        server.destroyForcibly().waitFor();
      }
    } finally {
      Files.deleteIfExists(log);
      Files.deleteIfExists(folder.resolve("main.cf"));
      Files.deleteIfExists(folder);
    }
  }

  private Result run(InetSocketAddress target, ServerProbe probe, Duration length, Duration every)
      throws IOException, InterruptedException {
    var plan =
        new FloodPlan(
            target,
            HOGS,
            HogKind.MIX,
            GOOD_PER_SECOND,
            ArrivalPattern.POISSON,
            PATIENCE,
            Duration.ZERO,
            length,
            Optional.of(Duration.ZERO),
            seed,
            Optional.empty(),
            "sender@example.net",
            "user@example.test",
            MESSAGE_SIZE);
    var flood =
        new Flood(plan, SourceAddresses.ofTheSystem(), Clock.systemUTC().instant(), this::listen);
    var summaries = new ArrayList<FloodEvent.Summary>();
    Thread load = Thread.ofPlatform().start(() -> runLoad(flood, summaries));
    var samples = new ArrayList<Sample>();
    long start = System.nanoTime();
    for (long next = every.toNanos();
        next <= length.minus(LAST_SAMPLE_BEFORE_END).toNanos();
        next += every.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(next - (System.nanoTime() - start));
      Sample sample = probe.take((System.nanoTime() - start) / 1e9);
      samples.add(sample);
      progress.accept(sample.toString());
    }
    load.join();
    var lost = new HashSet<>(acknowledged);
    lost.removeAll(ledger.snapshot().messages().keySet());
    return new Result(samples, Verdict.of(samples), summaries.getFirst().total(), lost.size());
  }

  private void listen(FloodEvent event) {
    if (event instanceof FloodEvent.Mail mail && mail.delivery().outcome() == Outcome.ACCEPTED) {
      acknowledged.add(mail.delivery().messageId());
    }
  }

  private static void runLoad(Flood flood, List<FloodEvent.Summary> summaries) {
    try {
      summaries.add(flood.run());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private Process start(Path folder, Path log, int adminPort) throws IOException {
    return new ProcessBuilder(
            project.resolve("smtpd-image/smtpd").toString(),
            "-c",
            folder.toString(),
            "--listen",
            "127.0.0.1:0",
            "--admin",
            "127.0.0.1:" + adminPort,
            "-o",
            "stress=")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
