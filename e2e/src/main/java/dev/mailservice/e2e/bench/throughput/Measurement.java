package dev.mailservice.e2e.bench.throughput;

import dev.mailservice.e2e.bench.side.CpuTime;
import dev.mailservice.e2e.bench.side.ProcessTree;
import dev.mailservice.e2e.bench.side.Side;
import dev.mailservice.e2e.load.ClientLedger;
import dev.mailservice.e2e.load.Load;
import dev.mailservice.e2e.load.LoadPlan;
import dev.mailservice.e2e.load.LoadPlan.OpenModel;
import dev.mailservice.e2e.load.LoadResult;
import dev.mailservice.e2e.sink.Ledger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * Puts loads on a side and measures them. One after the other: the sink's ledger is emptied for
 * each.
 */
final class Measurement {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final InetSocketAddress sinkAddress;
  private final Ledger sink;
  private final SSLContext tls;
  private final AtomicLong loads = new AtomicLong();

  /**
   * Measures what reaches a sink.
   *
   * @param sinkAddress of both sides' next hop
   * @param sink its ledger
   * @param tls of clients that speak it
   */
  Measurement(InetSocketAddress sinkAddress, Ledger sink, SSLContext tls) {
    this.sinkAddress = sinkAddress;
    this.sink = sink;
    this.tls = tls;
  }

  /**
   * Runs a load to its end.
   *
   * @param arrivals empty for the closed model
   * @throws IOException when a message was refused, lost or doubled, as then nothing is known about
   *     speed
   */
  SingleRun run(Case load, Side side, int run, Duration duration, Optional<OpenModel> arrivals)
      throws IOException, InterruptedException {
    var ledger = new ClientLedger();
    CpuTime serverBefore = side.processes().cpu();
    CpuTime toolBefore = ProcessTree.ownCpu();
    LoadResult result = send(load, side.address(), duration, arrivals, ledger);
    CpuTime tool = ProcessTree.ownCpu().since(toolBefore);
    CpuTime server = side.processes().cpu().since(serverBefore);
    var verdict = ledger.verdict(sink.snapshot());
    if (!verdict.flawless()) {
      throw new IOException(
          "%s, %s: nothing to be timed: %s".formatted(side.name(), load.words(), verdict));
    }
    return SingleRun.of(
        load,
        side.name(),
        run,
        arrivals.map(OpenModel::perSecond).orElse(null),
        result,
        server,
        tool,
        verdict);
  }

  /** In words, what the load generator and the sink take with no server between them. */
  String alone(Case load, Duration duration) throws IOException, InterruptedException {
    CpuTime before = ProcessTree.ownCpu();
    LoadResult result = send(load, sinkAddress, duration, Optional.empty(), new ClientLedger());
    double seconds = ProcessTree.ownCpu().since(before).seconds();
    return String.format(
        Locale.ROOT,
        "%s: %.0f messages per second, %.0f µs CPU each, p99 %.1f ms",
        load.words(),
        result.perSecond(),
        1e6 * seconds / Math.max(1, result.acknowledged()),
        result.delayMicros().getValueAtPercentile(99) / 1000.0);
  }

  private LoadResult send(
      Case load,
      InetSocketAddress target,
      Duration duration,
      Optional<OpenModel> arrivals,
      ClientLedger ledger)
      throws InterruptedException {
    sink.clear();
    var plan =
        new LoadPlan(
            target,
            load.clients(),
            load.sessions(),
            1000 * load.messageKb(),
            duration,
            arrivals,
            load.tls() ? Optional.of(tls) : Optional.empty(),
            PATIENCE);
    String name = "%dn%d".formatted(ProcessHandle.current().pid(), loads.incrementAndGet());
    return Load.run(plan, name, ledger);
  }
}
