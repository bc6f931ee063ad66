package dev.mailservice.e2e.demo;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.mailservice.e2e.flood.Delivery;
import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.Outcome;
import dev.mailservice.e2e.flood.Totals;
import dev.mailservice.e2e.sink.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run in numbers. Times are in seconds; null stands for what did not happen.
 *
 * @param goodOffered good mails of the whole run
 * @param goodAccepted those that got their 250
 * @param share accepted of offered, of the whole run
 * @param shareFromOnset the same, of mail offered between the flood's onset and its end
 * @param p50S median latency of accepted mail offered between onset and end
 * @param p99S its 99th percentile
 * @param onsetToPatchS from the hogs' start to the Deployment's template saying stress=yes, as the
 *     watch told it
 * @param onsetToFirstStressedBannerS from the hogs' start to the first greeting of a stressed
 *     server
 * @param replicasMax the most pods that the Deployment wanted
 * @param reverted whether the fleet became calm again by itself, all pods
 * @param acknowledged mails whose client read the final 250
 * @param acknowledgedLost those that the next hop does not have
 * @param shareCalm as share, of mail offered before the flood
 * @param shareAfterFlood as share, of mail offered after the flood, the way back included
 * @param maxS greatest latency of accepted mail of the whole run
 * @param stressToScaleS from the template's change to the change of the wanted replicas
 * @param floodEndToCalmS from the hogs' end to the template being calm again
 * @param calmPodsAfterDecision pods without stress that were created between the two changes of the
 *     template
 * @param refused mails refused, by reply code
 * @param timedOut mails that outlasted their client's patience
 * @param broken mails whose connection was refused, reset or closed
 */
@JsonPropertyOrder({
  "good_offered",
  "good_accepted",
  "share",
  "share_from_onset",
  "p50_s",
  "p99_s",
  "onset_to_patch_s",
  "onset_to_first_stressed_banner_s",
  "replicas_max",
  "reverted",
  "acknowledged",
  "acknowledged_lost"
})
public record Summary(
    long goodOffered,
    long goodAccepted,
    double share,
    double shareFromOnset,
    double p50S,
    double p99S,
    @Nullable Double onsetToPatchS,
    @Nullable Double onsetToFirstStressedBannerS,
    int replicasMax,
    boolean reverted,
    long acknowledged,
    long acknowledgedLost,
    double shareCalm,
    double shareAfterFlood,
    double maxS,
    @Nullable Double stressToScaleS,
    @Nullable Double floodEndToCalmS,
    long calmPodsAfterDecision,
    Map<Integer, Long> refused,
    long timedOut,
    long broken) {

  /**
   * Sums up a run.
   *
   * @param ledger what the next hop has acknowledged
   * @param reverted whether the fleet was seen calm in the end, all pods
   */
  static Summary of(
      RunRecord run, FloodEvent.Summary flood, Ledger.Snapshot ledger, boolean reverted) {
    Totals total = flood.total();
    return new Summary(
        total.offered(),
        total.accepted(),
        total.share(),
        flood.flood().share(),
        flood.flood().latency().p50S(),
        flood.flood().latency().p99S(),
        seconds(run.onset(), run.stressed()),
        flood.onsetToFirstStressedBannerS(),
        replicasMax(run),
        run.stressed().isPresent() && reverted,
        acknowledged(run),
        acknowledgedLost(run, ledger),
        flood.calm().share(),
        flood.after().share(),
        total.latency().maxS(),
        seconds(run.stressed(), firstScaleUp(run)),
        seconds(run.floodEnd(), run.calmAgain()),
        calmPodsAfterDecision(run),
        total.refused(),
        total.timedOut(),
        total.broken());
  }

  private static int replicasMax(RunRecord run) {
    return run.fleetChanges(FleetChange.WantedReplicas.class)
        .map(FleetChange.WantedReplicas::replicas)
        .max(Comparator.naturalOrder())
        .orElse(0);
  }

  private static Optional<Instant> firstScaleUp(RunRecord run) {
    Instant onset = run.onset().orElse(Instant.MAX);
    int before =
        run.fleetChanges(FleetChange.WantedReplicas.class)
            .filter(change -> change.at().isBefore(onset))
            .map(FleetChange.WantedReplicas::replicas)
            .reduce((first, last) -> last)
            .orElse(0);
    return run.fleetChanges(FleetChange.WantedReplicas.class)
        .filter(change -> !change.at().isBefore(onset) && change.replicas() > before)
        .map(FleetChange.WantedReplicas::at)
        .findFirst();
  }

  private static long calmPodsAfterDecision(RunRecord run) {
    if (run.stressed().isEmpty()) {
      return 0;
    }
    Instant decision = run.stressed().get();
    Instant end = run.calmAgain().orElse(Instant.MAX);
    return run.fleetChanges(FleetChange.PodCreated.class)
        .filter(pod -> !pod.stressed() && pod.at().isAfter(decision) && pod.at().isBefore(end))
        .count();
  }

  private static long acknowledged(RunRecord run) {
    return run.floodEvents(FloodEvent.Mail.class).filter(Summary::isAccepted).count();
  }

  private static long acknowledgedLost(RunRecord run, Ledger.Snapshot ledger) {
    return run.floodEvents(FloodEvent.Mail.class)
        .filter(Summary::isAccepted)
        .map(FloodEvent.Mail::delivery)
        .map(Delivery::messageId)
        .filter(id -> !ledger.messages().containsKey(id))
        .count();
  }

  private static boolean isAccepted(FloodEvent.Mail mail) {
    return mail.delivery().outcome() == Outcome.ACCEPTED;
  }

  private static @Nullable Double seconds(Optional<Instant> from, Optional<Instant> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return null;
    }
    return Duration.between(from.get(), to.get()).toMillis() / 1000.0;
  }
}
