package dev.mailservice.operator.decision;

import static dev.mailservice.operator.decision.Flood.REVERT_AFTER;
import static dev.mailservice.operator.decision.Flood.START;
import static dev.mailservice.operator.decision.Flood.calmFleetOf;
import static dev.mailservice.operator.decision.Flood.draining;
import static dev.mailservice.operator.decision.Flood.pod;
import static dev.mailservice.operator.decision.Flood.starting;
import static dev.mailservice.operator.decision.Flood.unknown;
import static dev.mailservice.operator.decision.Flood.withScaling;
import static dev.mailservice.operator.decision.Flood.withStress;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SaturationTest {

  @Test
  void a_full_pod_doubles_and_stresses_the_fleet_in_one_decision() {
    Decision decision = calmFleetOf(1).pods(pod("a", 100, 1)).tick();

    assertThat(decision.state().replicas()).isEqualTo(2);
    assertThat(decision.state().stress())
        .isEqualTo(new Stress(START, START.plus(REVERT_AFTER), Reason.LAST_SLOT_TAKEN));
    assertThat(decision.reason()).isEqualTo(Reason.LAST_SLOT_TAKEN);
    assertThat(decision.announcement()).isEqualTo(Announcement.SATURATED);
  }

  @Test
  void a_saturation_between_two_scrapes_is_not_missed() {
    Flood flood = calmFleetOf(1).pods(pod("a", 10, 7));
    assertThat(flood.tick().state().stressed()).isFalse();

    Decision decision = flood.pods(pod("a", 10, 8)).tick();

    assertThat(decision.state().stressed()).isTrue();
  }

  @Test
  void old_saturations_seen_at_first_sight_are_no_saturation() {
    Decision decision = calmFleetOf(1).pods(pod("a", 10, 7)).tick();

    assertThat(decision.state().stressed()).isFalse();
  }

  @Test
  void an_old_pod_that_is_read_late_after_a_take_over_is_at_first_sight_then() {
    Flood flood = calmFleetOf(2).pods(pod("a", 10, 0), unknown("b"));
    flood.tick();

    Decision decision = flood.pods(pod("a", 10, 0), pod("b", 10, 7)).tick();

    assertThat(decision.state().stressed()).isFalse();
  }

  @Test
  void a_pod_that_was_saturated_before_its_first_scrape_is_saturated() {
    Flood flood = calmFleetOf(1).pods(pod("a", 10, 0));
    flood.tick();
    flood.pods(pod("a", 10, 0), starting("b")).tick();

    Decision decision = flood.pods(pod("a", 10, 0), pod("b", 10, 1)).tick();

    assertThat(decision.state().stressed()).isTrue();
  }

  @Test
  void a_counter_that_fell_is_a_restarted_pod() {
    Flood flood = calmFleetOf(1).pods(pod("a", 10, 7));
    flood.tick();

    assertThat(flood.pods(pod("a", 0, 0)).tick().state().stressed()).isFalse();
    assertThat(flood.pods(pod("a", 10, 7)).tick().state().stressed()).isTrue();
  }

  @Test
  void fewer_pods_than_the_share_do_not_trip() {
    Flood flood = calmFleetOf(3).pods(pod("a", 100, 1), pod("b", 10, 0), pod("c", 10, 0));

    assertThat(flood.tick().state().stressed()).isFalse();
  }

  @Test
  void busy_slots_trip_though_no_pod_is_full() {
    Decision decision = calmFleetOf(2).pods(pod("a", 91, 0), pod("b", 89, 0)).tick();

    assertThat(decision.reason()).isEqualTo(Reason.SLOTS_BUSY);
    assertThat(decision.state().replicas()).isEqualTo(4);
  }

  @Test
  void unknown_pods_are_absent_when_saturation_is_looked_for() {
    Decision decision = calmFleetOf(3).pods(pod("a", 100, 1), unknown("b"), unknown("c")).tick();

    assertThat(decision.state().stressed()).isTrue();
  }

  @Test
  void starting_and_draining_pods_are_neither_load_nor_room() {
    Decision decision =
        calmFleetOf(2)
            .pods(pod("a", 100, 1), pod("b", 10, 0), starting("c"), starting("d"), draining("e"))
            .tick();

    assertThat(decision.tally()).isEqualTo(new Tally(2, 2, 1, 2, 1, 110, 200));
    assertThat(decision.state().stressed()).isTrue();
  }

  @Test
  void replicas_stay_within_their_bounds() {
    assertThat(calmFleetOf(8).pods(pod("a", 100, 1)).tick().state().replicas()).isEqualTo(10);
  }

  @Test
  void every_later_saturated_tick_moves_until_on() {
    Flood flood = calmFleetOf(1).pods(pod("a", 100, 1));
    flood.ticksFor(Duration.ofSeconds(60));

    assertThat(until(flood)).isEqualTo(START.plusSeconds(59).plus(REVERT_AFTER));
  }

  @Test
  void one_saturated_pod_of_many_keeps_stress_though_it_would_not_start_it() {
    Flood flood = calmFleetOf(1).pods(pod("a", 100, 1));
    flood.tick();
    flood.pods(pod("b", 100, 0), pod("c", 5, 0), pod("d", 5, 0), pod("e", 5, 0));

    Decision decision = flood.ticksFor(REVERT_AFTER.multipliedBy(2));

    assertThat(decision.state().stressed()).isTrue();
  }

  @Test
  void the_same_flood_is_no_reason_to_double_again_while_the_step_is_rolling_out() {
    Flood flood = calmFleetOf(1).pods(pod("a", 100, 1)).rolling();

    assertThat(flood.ticksFor(Duration.ofSeconds(30)).state().replicas()).isEqualTo(2);
  }

  @Test
  void the_next_step_waits_until_every_pod_of_the_last_was_scraped() {
    Flood flood = calmFleetOf(1).pods(pod("a", 100, 1));
    flood.tick();

    assertThat(flood.pods(pod("a", 100, 1), unknown("b")).tick().state().replicas()).isEqualTo(2);
    assertThat(flood.pods(pod("a", 100, 1), pod("b", 100, 1)).tick().state().replicas())
        .isEqualTo(4);
  }

  @Test
  void stress_ends_when_nothing_was_saturated_for_the_whole_time() {
    Flood flood = calmFleetOf(1).pods(pod("a", 100, 1));
    flood.tick();
    flood.pods(pod("b", 5, 0), pod("c", 5, 0));

    assertThat(flood.ticksFor(REVERT_AFTER.minusSeconds(1)).state().stressed()).isTrue();
    Decision decision = flood.tick();

    assertThat(decision.state().stressed()).isFalse();
    assertThat(decision.reason()).isEqualTo(Reason.SATURATION_OVER);
    assertThat(decision.announcement()).isEqualTo(Announcement.STRESS_ENDED);
    assertThat(decision.state().replicas()).isEqualTo(2);
  }

  @Test
  void nothing_changes_while_no_pod_answers() {
    Flood flood = calmFleetOf(1).pods(pod("a", 100, 1));
    flood.tick();
    flood.pods(unknown("b"), unknown("c"));

    Decision decision = flood.ticksFor(REVERT_AFTER.multipliedBy(3));

    assertThat(decision.state().stressed()).isTrue();
    assertThat(decision.state().replicas()).isEqualTo(2);
    assertThat(decision.reason()).isEqualTo(Reason.NO_POD_ANSWERS);
    assertThat(decision.metrics()).isEqualTo(Metrics.NO_ANSWER);
  }

  @Test
  void a_lost_scrape_or_two_is_no_news() {
    Flood flood = calmFleetOf(1).pods(pod("a", 10, 0));
    flood.tick();
    flood.pods(unknown("a"));

    assertThat(flood.ticksFor(Duration.ofSeconds(4)).metrics()).isEqualTo(Metrics.AVAILABLE);
    assertThat(flood.tick().metrics()).isEqualTo(Metrics.NO_ANSWER);
  }

  @Test
  void without_a_serving_pod_there_is_nothing_to_decide_on() {
    Decision decision = calmFleetOf(1).pods(starting("a")).tick();

    assertThat(decision.reason()).isEqualTo(Reason.NO_POD_SERVES);
    assertThat(decision.metrics()).isEqualTo(Metrics.NO_POD);
    assertThat(decision.state().replicas()).isEqualTo(1);
  }

  @Test
  void a_saturation_is_announced_once_in_a_thousand_seconds() {
    Flood flood = calmFleetOf(1).pods(pod("a", 100, 1)).rolling();
    assertThat(flood.tick().announcement()).isEqualTo(Announcement.SATURATED);
    for (int second = 1; second < 1000; second++) {
      assertThat(flood.tick().announcement()).isNull();
    }
    assertThat(flood.tick().announcement()).isEqualTo(Announcement.SATURATED);
  }

  @Test
  void a_saturation_after_stress_has_ended_is_announced_again() {
    Policy impatient =
        new Policy(
            100,
            Flood.AUTOMATIC.scaling(),
            StressRule.WHEN_SATURATED,
            Duration.ofSeconds(10),
            50,
            90);
    Flood flood = calmFleetOf(1).policy(impatient).pods(pod("a", 100, 1));
    flood.tick();
    flood.pods(pod("a", 0, 1), pod("b", 0, 0)).ticksFor(Duration.ofSeconds(10));

    Decision decision = flood.pods(pod("a", 100, 2), pod("b", 0, 0)).tick();

    assertThat(decision.announcement()).isEqualTo(Announcement.SATURATED);
  }

  @Test
  void stress_that_is_forbidden_leaves_scaling() {
    Decision decision =
        calmFleetOf(1).policy(withStress(StressRule.NEVER)).pods(pod("a", 100, 1)).tick();

    assertThat(decision.state().stressed()).isFalse();
    assertThat(decision.state().replicas()).isEqualTo(2);
    assertThat(decision.announcement()).isEqualTo(Announcement.SATURATED);
  }

  @Test
  void stress_that_is_forbidden_while_stressed_ends_at_once() {
    Flood flood = calmFleetOf(1).pods(pod("a", 100, 1));
    flood.tick();

    Decision decision = flood.policy(withStress(StressRule.NEVER)).tick();

    assertThat(decision.state().stressed()).isFalse();
    assertThat(decision.reason()).isEqualTo(Reason.STRESS_FORBIDDEN);
  }

  @Test
  void stress_that_is_asked_for_begins_at_once_and_ends_with_the_asking() {
    Flood flood = calmFleetOf(1).policy(withStress(StressRule.ALWAYS)).pods(pod("a", 5, 0));
    assertThat(flood.tick().state().stress())
        .isEqualTo(new Stress(START, null, Reason.STRESS_REQUESTED));

    Decision decision = flood.policy(withStress(StressRule.WHEN_SATURATED)).tick();

    assertThat(decision.state().stressed()).isFalse();
  }

  @Test
  void stress_that_was_asked_for_stays_for_a_flood_that_came_meanwhile() {
    Flood flood = calmFleetOf(1).policy(withStress(StressRule.ALWAYS)).pods(pod("a", 100, 1));
    flood.tick();

    Decision decision =
        flood.policy(withStress(StressRule.WHEN_SATURATED)).pods(pod("a", 5, 1)).tick();

    assertThat(decision.state().stressed()).isTrue();
  }

  @Test
  void replicas_that_somebody_else_owns_stay_theirs_under_flood() {
    Decision decision =
        calmFleetOf(3).policy(withScaling(new Scaling.Fixed(3))).pods(pod("a", 100, 1)).tick();

    assertThat(decision.state().replicas()).isEqualTo(3);
    assertThat(decision.state().stressed()).isTrue();
  }

  @Test
  void stress_says_when_to_look_again() {
    Decision decision = calmFleetOf(1).pods(pod("a", 100, 1)).tick();

    assertThat(decision.lookAgainAt()).isEqualTo(START.plus(REVERT_AFTER));
  }

  private static Instant until(Flood flood) {
    return requireNonNull(requireNonNull(flood.state().stress()).until());
  }
}
