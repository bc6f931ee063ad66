package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.JsonReport;
import dev.mailservice.e2e.sink.Ledger;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A flood meets the demo's fleet: good mail, hogs, the fleet's answer, the way back, and what it
 * all comes to. The installation is there before, and stays.
 */
public final class Scenario {
  /** Good mail goes on a little when all is calm again, so that a late loss would show. */
  private static final Duration LAST_CALM = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final ScenarioPlan plan;
  private final InstantSource clock;
  private final ScenarioListener listener;
  private final List<FloodEvent> events = new ArrayList<>();
  private final List<RunRecord.Sample> samples = new ArrayList<>();

  /** A run that has not begun; it runs once. */
  public Scenario(
      Cluster cluster, ScenarioPlan plan, InstantSource clock, ScenarioListener listener) {
    this.cluster = cluster;
    this.plan = plan;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * What a run has come to.
   *
   * @param record all that was seen
   * @param summary the same in numbers
   */
  public record Result(RunRecord record, Summary summary) {}

  /**
   * Runs it.
   *
   * @throws StepFailed when the flood ends early, or the next hop's ledger is not whole
   */
  public Result run() throws InterruptedException {
    FleetTracker tracker = new FleetTracker(clock, listener::fleet);
    try (KubernetesClient client = cluster.client();
        FleetWatch watch =
            new FleetWatch(client, Installation.NAMESPACE, Installation.NAME, tracker);
        RunningFlood flood =
            cluster.flood(
                client,
                Installation.NAMESPACE,
                Installation.NAME,
                Installation.PORT,
                plan.floodArguments())) {
      boolean reverted = follow(flood, tracker);
      FloodEvent.Summary summed = summary();
      Ledger.Snapshot ledger = Installation.ledger(client);
      requireWholeLedger(ledger);
      RunRecord record = new RunRecord(events, tracker.changes(), samples);
      return new Result(record, Summary.of(record, summed, ledger, reverted));
    }
  }

  /** Reads the flood to its end, which comes when the fleet is calm again or never will be. */
  private boolean follow(RunningFlood flood, FleetTracker tracker) {
    Return way = new Return();
    try (BufferedReader lines = flood.events()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        FloodEvent event = event(line);
        events.add(event);
        if (event instanceof FloodEvent.Second second) {
          FleetState state = tracker.state();
          RunRecord.Sample sample = new RunRecord.Sample(second, state);
          samples.add(sample);
          listener.second(sample);
          if (way.isOver(second.at(), state)) {
            flood.stop();
          }
        } else {
          listener.flood(event);
          if (event instanceof FloodEvent.FloodEnded ended) {
            way.floodEnded(ended.at());
          }
        }
      }
    } catch (IOException broken) {
      throw new StepFailed("the flood's report broke off: " + broken.getMessage(), broken);
    }
    return way.reverted();
  }

  /** A pod's log holds what the Java runtime has to say, too. */
  private FloodEvent event(String line) {
    return line.startsWith("{")
        ? JsonReport.parse(line)
        : new FloodEvent.Notice(clock.instant(), line);
  }

  private FloodEvent.Summary summary() {
    if (!events.isEmpty() && events.getLast() instanceof FloodEvent.Summary summary) {
      return summary;
    }
    throw new StepFailed("the flood ended without its summary");
  }

  private void requireWholeLedger(Ledger.Snapshot ledger) {
    Instant start = events.getFirst().at();
    if (ledger.since().isAfter(start)) {
      throw new StepFailed(
          "the sink restarted at %s, during the run: its ledger is not whole"
              .formatted(ledger.since()));
    }
  }

  /** Decides when the way back is over. */
  private final class Return {
    private Optional<Instant> floodEnd = Optional.empty();
    private Optional<Instant> calmSince = Optional.empty();

    void floodEnded(Instant at) {
      floodEnd = Optional.of(at);
    }

    boolean isOver(Instant now, FleetState state) {
      if (floodEnd.isEmpty()) {
        return false;
      }
      if (!state.calm()) {
        calmSince = Optional.empty();
      } else if (calmSince.isEmpty()) {
        calmSince = Optional.of(now);
      }
      boolean calmLongEnough =
          calmSince.isPresent() && !now.isBefore(calmSince.get().plus(LAST_CALM));
      return calmLongEnough || now.isAfter(floodEnd.get().plus(plan.longestRevert()));
    }

    boolean reverted() {
      return calmSince.isPresent();
    }
  }
}
