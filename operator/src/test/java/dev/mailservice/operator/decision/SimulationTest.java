package dev.mailservice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hundreds of thousands of ticks of random fleets: whatever pods do, these things hold. A failure
 * is replayed by its seed.
 */
class SimulationTest {
  private static final Duration REVERT_AFTER = Duration.ofSeconds(60);
  private static final Scaling.Automatic SCALING =
      new Scaling.Automatic(2, 12, 70, Duration.ofSeconds(30));
  private static final Policy POLICY =
      new Policy(100, SCALING, StressRule.WHEN_SATURATED, REVERT_AFTER, 50, 90);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void what_must_hold_holds_at_every_tick(long seed) {
    var random = new Random(seed);
    var cluster = new Cluster(random);
    FleetState state = FleetState.begin(2, null, null);
    Instant now = Flood.START;
    for (int tick = 0; tick < 20_000; tick++) {
      Observation observation = cluster.observe(state);
      Decision decision = Decider.decide(POLICY, state, observation, now);
      check(state, observation, decision, now);
      checkThatTimeAloneChangesNothingBefore(decision, observation, now);
      state = decision.state();
      now = now.plusSeconds(1 + random.nextInt(2));
    }
  }

  private static void check(
      FleetState before, Observation observation, Decision decision, Instant now) {
    FleetState after = decision.state();
    Tally tally = decision.tally();
    assertThat(after.replicas()).isBetween(SCALING.minReplicas(), SCALING.maxReplicas());
    if (after.replicas() < before.replicas()) {
      assertThat(tally.unknown()).as("no pod goes while one is unknown").isZero();
      assertThat(before.stressed() || after.stressed()).as("nor under stress").isFalse();
      assertThat(observation.rollout().complete()).as("nor while rolling").isTrue();
      assertThat(after.replicas())
          .as("by half at most")
          .isGreaterThanOrEqualTo(before.replicas() / 2);
    }
    if (tally.blind()) {
      assertThat(after.replicas()).isEqualTo(before.replicas());
      assertThat(after.stress()).isEqualTo(before.stress());
    }
    if (!before.stressed() && after.stressed()) {
      assertThat(after.replicas())
          .as("one decision: stress and at least twice the pods")
          .isGreaterThanOrEqualTo(Math.min(SCALING.maxReplicas(), 2 * before.replicas()));
    }
    if (tally.saturated() > 0 && after.stress() != null) {
      assertThat(after.stress().until()).isEqualTo(now.plus(REVERT_AFTER));
    }
    if (before.stressed() && !after.stressed()) {
      assertThat(before.stress().until()).isBeforeOrEqualTo(now);
    }
  }

  private static void checkThatTimeAloneChangesNothingBefore(
      Decision decision, Observation observation, Instant now) {
    // Once more at the same time: what was decided is remembered, what was counted is known.
    Decision settled = Decider.decide(POLICY, decision.state(), observation, now);
    @Nullable Instant lookAgainAt = settled.lookAgainAt();
    Instant justBefore = lookAgainAt == null ? now.plusSeconds(3600) : lookAgainAt.minusMillis(1);
    if (justBefore.isBefore(now)) {
      return;
    }
    Decision later = Decider.decide(POLICY, settled.state(), observation, justBefore);
    assertThat(later.state().replicas()).isEqualTo(settled.state().replicas());
    assertThat(later.state().stressed()).isEqualTo(settled.state().stressed());
  }

  /** Pods that come, fill, fall silent, restart and go at random, roughly as they are told. */
  private static final class Cluster {
    private final Random random;
    private final Map<String, Long> counters = new HashMap<>();
    private int made;
    private int told = 2;
    private boolean stressed;
    private int rollingFor;
    private boolean flood;

    Cluster(Random random) {
      this.random = random;
    }

    Observation observe(FleetState state) {
      if (told != state.replicas() || stressed != state.stressed()) {
        told = state.replicas();
        stressed = state.stressed();
        rollingFor = random.nextInt(20);
      }
      boolean complete = rollingFor-- <= 0;
      flood = random.nextInt(200) == 0 ? !flood : flood;
      adjust(complete);
      return new Observation(pods(), new Rollout(told, stressed, complete));
    }

    private void adjust(boolean complete) {
      while (counters.size() < told) {
        counters.put("pod-" + made++, 0L);
      }
      if (complete && counters.size() > told) {
        counters.keySet().stream().limit(counters.size() - told).toList().forEach(counters::remove);
      }
    }

    private List<ObservedPod> pods() {
      boolean allSilent = random.nextInt(100) == 0;
      List<ObservedPod> pods = new ArrayList<>();
      for (var pod : counters.entrySet()) {
        int busy = flood ? 60 + random.nextInt(41) : random.nextInt(40);
        if (busy == 100 || flood && random.nextInt(10) == 0) {
          pod.setValue(pod.getValue() + 1);
        }
        if (random.nextInt(500) == 0) {
          pod.setValue(0L);
        }
        boolean silent = allSilent || random.nextInt(50) == 0;
        pods.add(
            new ObservedPod(
                pod.getKey(),
                random.nextInt(20) == 0 ? PodPhase.STARTING : PodPhase.SERVING,
                silent ? Optional.empty() : Optional.of(new Sample(busy, 100, pod.getValue()))));
      }
      return pods;
    }
  }
}
