package dev.mailservice.operator.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fleet under a decision's care, one tick after the other, from a fixed instant on. */
final class Flood {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration REVERT_AFTER = Duration.ofSeconds(1000);
  static final Duration WINDOW = Duration.ofSeconds(300);
  static final Policy AUTOMATIC =
      new Policy(
          100,
          new Scaling.Automatic(1, 10, 70, WINDOW),
          StressRule.WHEN_SATURATED,
          REVERT_AFTER,
          50,
          90);

  private final List<ObservedPod> pods = new ArrayList<>();
  private Policy policy;
  private FleetState state;
  private Instant now = START;
  private boolean rolling;

  Flood(Policy policy, int replicas) {
    this.policy = policy;
    this.state = FleetState.begin(replicas, null, null);
  }

  static Flood calmFleetOf(int replicas) {
    return new Flood(AUTOMATIC, replicas);
  }

  /** The pods as the next ticks see them. */
  Flood pods(ObservedPod... observed) {
    pods.clear();
    pods.addAll(List.of(observed));
    return this;
  }

  /** The rollout does not advance until {@link #rolledOut()}. */
  Flood rolling() {
    rolling = true;
    return this;
  }

  Flood rolledOut() {
    rolling = false;
    return this;
  }

  Flood policy(Policy changed) {
    policy = changed;
    return this;
  }

  Flood from(FleetState begin) {
    state = begin;
    return this;
  }

  Decision tick() {
    var rollout = new Rollout(state.replicas(), state.stressed(), !rolling);
    Decision decision = Decider.decide(policy, state, new Observation(pods, rollout), now);
    state = decision.state();
    now = now.plusSeconds(1);
    return decision;
  }

  /** Ticks for {@code duration} and returns the last decision. */
  Decision ticksFor(Duration duration) {
    Decision last = tick();
    for (long second = 1; second < duration.toSeconds(); second++) {
      last = tick();
    }
    return last;
  }

  /** The time of the next tick. */
  Instant now() {
    return now;
  }

  FleetState state() {
    return state;
  }

  static ObservedPod pod(String uid, int busy, long saturations) {
    return new ObservedPod(uid, PodPhase.SERVING, Optional.of(new Sample(busy, 100, saturations)));
  }

  static ObservedPod unknown(String uid) {
    return new ObservedPod(uid, PodPhase.SERVING, Optional.empty());
  }

  static ObservedPod starting(String uid) {
    return new ObservedPod(uid, PodPhase.STARTING, Optional.empty());
  }

  static ObservedPod draining(String uid) {
    return new ObservedPod(uid, PodPhase.DRAINING, Optional.empty());
  }

  static Policy withStress(StressRule rule) {
    return new Policy(100, AUTOMATIC.scaling(), rule, REVERT_AFTER, 50, 90);
  }

  static Policy withScaling(Scaling scaling) {
    return new Policy(100, scaling, StressRule.WHEN_SATURATED, REVERT_AFTER, 50, 90);
  }
}
