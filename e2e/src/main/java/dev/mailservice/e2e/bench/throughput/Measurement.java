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
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * Puts loads on a side and measures them. One after the other: the sink's ledger is emptied for
 * each.
 */
final class Measurement {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Ledger sink;
  private final SSLContext tls;
  private final AtomicLong loads = new AtomicLong();

  /**
   * Measures what reaches a sink.
   *
   * @param sink the ledger of both sides' next hop
   * @param tls of clients that speak it
   */
  Measurement(Ledger sink, SSLContext tls) {
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
    var plan =
        new LoadPlan(
            side.address(),
            load.clients(),
            load.sessions(),
            1000 * load.messageKb(),
            duration,
            arrivals,
            load.tls() ? Optional.of(tls) : Optional.empty(),
            PATIENCE);
    sink.clear();
    var ledger = new ClientLedger();
    String name = "%dn%d".formatted(ProcessHandle.current().pid(), loads.incrementAndGet());
    CpuTime serverBefore = side.processes().cpu();
    CpuTime toolBefore = ProcessTree.ownCpu();
    LoadResult result = Load.run(plan, name, ledger);
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
}
