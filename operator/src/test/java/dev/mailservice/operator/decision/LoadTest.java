package dev.mailservice.operator.decision;

import static dev.mailservice.operator.decision.Flood.AUTOMATIC;
import static dev.mailservice.operator.decision.Flood.START;
import static dev.mailservice.operator.decision.Flood.WINDOW;
import static dev.mailservice.operator.decision.Flood.calmFleetOf;
import static dev.mailservice.operator.decision.Flood.pod;
import static dev.mailservice.operator.decision.Flood.unknown;
import static dev.mailservice.operator.decision.Flood.withScaling;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void more_load_than_the_target_adds_pods_at_once() {
    Decision decision = calmFleetOf(2).pods(pod("a", 80, 0), pod("b", 61, 0)).tick();

    assertThat(decision.state().replicas()).isEqualTo(3);
    assertThat(decision.reason()).isEqualTo(Reason.LOAD_ROSE);
    assertThat(decision.state().stressed()).isFalse();
  }

  @Test
  void load_at_the_target_changes_nothing() {
    Decision decision = calmFleetOf(2).pods(pod("a", 70, 0), pod("b", 70, 0)).tick();

    assertThat(decision.state().replicas()).isEqualTo(2);
    assertThat(decision.reason()).isEqualTo(Reason.STEADY);
  }

  @Test
  void fewer_pods_need_the_whole_window_and_then_go_by_half_at_most() {
    Flood flood = calmFleetOf(5).pods(pod("a", 10, 0), pod("b", 0, 0));

    assertThat(flood.ticksFor(WINDOW).state().replicas()).isEqualTo(5);
    Decision decision = flood.tick();

    assertThat(decision.state().replicas()).isEqualTo(3);
    assertThat(decision.reason()).isEqualTo(Reason.LOAD_FELL);
  }

  @Test
  void no_more_pods_go_than_the_highest_need_within_the_window_allows() {
    Flood flood = calmFleetOf(4).pods(pod("a", 5, 0));
    flood.ticksFor(Duration.ofSeconds(100));
    flood.pods(pod("a", 85, 0), pod("b", 85, 0)).tick();
    flood.pods(pod("a", 5, 0));

    assertThat(flood.ticksFor(WINDOW).state().replicas()).isEqualTo(3);
  }

  @Test
  void a_need_that_comes_back_starts_the_window_anew() {
    Flood flood = calmFleetOf(2).pods(pod("a", 5, 0), pod("b", 5, 0));
    flood.ticksFor(Duration.ofSeconds(200));
    flood.pods(pod("a", 70, 0), pod("b", 70, 0)).tick();
    flood.pods(pod("a", 5, 0), pod("b", 5, 0));

    assertThat(flood.ticksFor(WINDOW).state().replicas()).isEqualTo(2);
    assertThat(flood.tick().state().replicas()).isEqualTo(1);
  }

  @Test
  void no_pod_goes_while_one_is_unknown() {
    Flood flood = calmFleetOf(4).pods(pod("a", 5, 0), pod("b", 5, 0), unknown("c"));

    assertThat(flood.ticksFor(WINDOW.multipliedBy(3)).state().replicas()).isEqualTo(4);
  }

  @Test
  void no_pod_goes_while_the_fleet_is_rolling() {
    Flood flood = calmFleetOf(4).pods(pod("a", 5, 0)).rolling();

    assertThat(flood.ticksFor(WINDOW.multipliedBy(3)).state().replicas()).isEqualTo(4);
  }

  @Test
  void no_pod_goes_while_the_fleet_is_stressed() {
    Flood flood = calmFleetOf(2).pods(pod("a", 100, 1), pod("b", 100, 1));
    flood.tick();
    flood.pods(pod("a", 5, 1), pod("b", 5, 1), pod("c", 0, 0), pod("d", 0, 0));

    assertThat(flood.ticksFor(WINDOW.multipliedBy(2)).state().replicas()).isEqualTo(4);
  }

  @Test
  void the_window_begins_when_stress_has_ended() {
    Flood flood = calmFleetOf(2).pods(pod("a", 100, 1), pod("b", 100, 1));
    flood.tick();
    flood.pods(pod("a", 5, 1), pod("b", 5, 1), pod("c", 0, 0), pod("d", 0, 0));
    flood.ticksFor(Flood.REVERT_AFTER);

    assertThat(flood.ticksFor(WINDOW).state().replicas()).isEqualTo(4);
    assertThat(flood.ticksFor(Duration.ofSeconds(2)).state().replicas()).isEqualTo(2);
  }

  @Test
  void bounds_hold_at_once_even_when_no_pod_answers() {
    Decision decision =
        calmFleetOf(1)
            .policy(withScaling(new Scaling.Automatic(3, 10, 70, WINDOW)))
            .pods(unknown("a"))
            .tick();

    assertThat(decision.state().replicas()).isEqualTo(3);
    assertThat(decision.reason()).isEqualTo(Reason.REPLICAS_REQUESTED);
  }

  @Test
  void replicas_follow_whoever_owns_them() {
    Decision decision =
        calmFleetOf(1).policy(withScaling(new Scaling.Fixed(4))).pods(pod("a", 5, 0)).tick();

    assertThat(decision.state().replicas()).isEqualTo(4);
    assertThat(decision.reason()).isEqualTo(Reason.REPLICAS_REQUESTED);
  }

  @Test
  void a_lower_need_says_when_to_look_again() {
    Decision decision = calmFleetOf(4).policy(AUTOMATIC).pods(pod("a", 5, 0)).tick();

    assertThat(decision.lookAgainAt()).isEqualTo(START.plus(WINDOW));
  }
}
