package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.flood.Delivery;
import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.HogKind;
import dev.mailservice.e2e.flood.Latency;
import dev.mailservice.e2e.flood.Outcome;
import dev.mailservice.e2e.flood.Phase;
import dev.mailservice.e2e.flood.Totals;
import dev.mailservice.e2e.smtp.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small run to sum up and to draw: 10 s of calm, 20 s of flood, 20 s after it. */
final class RecordedRun {
  static final ScenarioPlan PLAN = new ScenarioPlan(400, HogKind.IDLE, 5, 30, 10, 20, 15, 1);
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final Instant ONSET = START.plusSeconds(10);

  private RecordedRun() {}

  static FloodEvent.Summary floodSummary() {
    return new FloodEvent.Summary(
        at(40),
        totals(250, 248, Map.of(421, 1L), 1, 2, 9.5),
        totals(50, 50, Map.of(), 0, 0.003, 0.010),
        totals(100, 99, Map.of(), 1, 2, 9.5),
        totals(100, 99, Map.of(421, 1L), 0, 0.003, 0.010),
        2.5,
        1000,
        3);
  }

  static RunRecord record() {
    List<FloodEvent> flood = new ArrayList<>();
    flood.add(new FloodEvent.Started(START, "10.96.0.20:25", 400, HogKind.IDLE, 5, 1));
    flood.add(mail("1@example.net", Outcome.ACCEPTED));
    flood.add(new FloodEvent.Onset(ONSET));
    flood.add(new FloodEvent.StressedBanner(at(2.5), "220 mx ESMTP (condition RED)"));
    flood.add(mail("2@example.net", Outcome.ACCEPTED));
    flood.add(mail("3@example.net", Outcome.TIMED_OUT));
    flood.add(new FloodEvent.FloodEnded(at(20)));
    flood.add(floodSummary());
    return new RunRecord(flood, fleet(), samples());
  }

  static Instant at(double secondsAfterOnset) {
    return ONSET.plus(Duration.ofMillis((long) (1000 * secondsAfterOnset)));
  }

  private static List<FleetChange> fleet() {
    return List.of(
        new FleetChange.TemplateStress(at(-20), false),
        new FleetChange.WantedReplicas(at(-20), 1),
        new FleetChange.PodCreated(at(-20), "mx-calm", false),
        new FleetChange.PodReady(at(-19), "mx-calm", false),
        new FleetChange.TemplateStress(at(0.9), true),
        new FleetChange.StatusStress(at(0.9), true, "LastSlotTaken"),
        new FleetChange.OperatorEvent(at(1), "Warning", "Saturated", "the last slot <is> taken"),
        new FleetChange.PodCreated(at(1), "mx-red-1", true),
        new FleetChange.PodReady(at(1.9), "mx-red-1", true),
        new FleetChange.WantedReplicas(at(2.1), 2),
        new FleetChange.PodCreated(at(2.2), "mx-red-2", true),
        new FleetChange.PodDraining(at(2.3), "mx-calm", false),
        new FleetChange.PodGone(at(20), "mx-calm", false),
        new FleetChange.TemplateStress(at(35), false),
        new FleetChange.PodCreated(at(35.1), "mx-calm-again", false));
  }

  private static List<RunRecord.Sample> samples() {
    List<RunRecord.Sample> samples = new ArrayList<>();
    for (int second = 1; second <= 50; second++) {
      boolean flooded = second > 10 && second <= 30;
      boolean stressed = second > 12 && second <= 45;
      samples.add(
          new RunRecord.Sample(
              new FloodEvent.Second(
                  START.plusSeconds(second),
                  second,
                  flooded ? Phase.FLOOD : second <= 10 ? Phase.CALM : Phase.AFTER,
                  totals(5, second == 11 ? 2 : 5, Map.of(), second == 30 ? 1 : 0, 0.004, 0.020),
                  flooded ? 200 : 0,
                  flooded ? 200 : 0,
                  flooded ? 40 : 0,
                  0,
                  second == 11 ? 3 : 0),
              new FleetState(
                  stressed ? 2 : 1,
                  stressed ? 0 : 1,
                  stressed ? 2 : 0,
                  0,
                  second > 12 && second < 30 ? 1 : 0,
                  stressed,
                  stressed,
                  true)));
    }
    return samples;
  }

  private static Totals totals(
      long offered,
      long accepted,
      Map<Integer, Long> refused,
      long timedOut,
      double p50,
      double p99) {
    return new Totals(
        offered, accepted, refused, timedOut, 0, new Latency(accepted, p50, p99, p99));
  }

  private static FloodEvent.Mail mail(String id, Outcome outcome) {
    return new FloodEvent.Mail(
        ONSET,
        new Delivery(id, Phase.FLOOD, outcome, Stage.FINAL_REPLY, 0, Duration.ofMillis(3), ""));
  }
}
