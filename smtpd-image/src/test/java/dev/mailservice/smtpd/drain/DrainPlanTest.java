package dev.mailservice.smtpd.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.drain.DrainPlan.Situation;
import dev.mailservice.smtpd.drain.DrainPlan.Step;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrainPlanTest {
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private final DrainPlan plan = new DrainPlan(Duration.ofSeconds(30));

  private Step at(double seconds, int active, int waiting) {
    return at(seconds, active, waiting, 0);
  }

  private Step at(double seconds, int active, int waiting, int answersDue) {
    return plan.next(
        new Situation(
            seconds(seconds), active, waiting, LONG_AGO, 100, answersDue, 0, Optional.empty()));
  }

  /** While clients come. */
  private Step busy(double seconds, int active) {
    return plan.next(
        new Situation(
            seconds(seconds), active, 0, Duration.ofMillis(300), 100, 0, 0, Optional.empty()));
  }

  /** At a moment after nobody has been accepted for so long. */
  private Step closed(double seconds, double closed, int active, int answersDue, int lingering) {
    return plan.next(
        new Situation(
            seconds(seconds),
            active,
            0,
            LONG_AGO,
            100,
            answersDue,
            lingering,
            Optional.of(seconds(closed))));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }

  @Test
  void a_deserted_server_serves_on_for_five_seconds_because_endpoints_follow_late() {
    assertThat(at(0, 0, 0)).isInstanceOf(Step.Serve.class);
    assertThat(at(4.9, 0, 0)).isInstanceOf(Step.Serve.class);
    assertThat(at(5, 0, 0)).isEqualTo(new Step.Close());
    assertThat(closed(5, 0, 0, 0, 0)).isEqualTo(new Step.End());
  }

  @Test
  void it_does_not_close_while_clients_come_who_would_be_refused_at_the_port() {
    assertThat(busy(6, 0)).isInstanceOf(Step.Serve.class);
    assertThat(busy(30, 3)).isEqualTo(new Step.LastCall());
    assertThat(busy(34.9, 3)).isEqualTo(new Step.LastCall());
    assertThat(busy(35, 3)).isEqualTo(new Step.Close());
  }

  @Test
  void it_does_not_end_while_anybody_is_there() {
    assertThat(at(20, 1, 0)).isInstanceOf(Step.Serve.class);
    assertThat(at(20, 0, 1)).isInstanceOf(Step.Serve.class);
  }

  @Test
  void two_seconds_before_the_end_is_the_last_call() {
    assertThat(at(27.9, 5, 0)).isInstanceOf(Step.Serve.class);
    assertThat(at(28, 5, 0)).isEqualTo(new Step.LastCall());
    assertThat(at(30, 5, 0)).isEqualTo(new Step.Close());
  }

  @Test
  void after_the_end_only_the_answers_to_messages_are_waited_for_and_not_for_ever() {
    assertThat(at(29, 5, 0, 1)).isEqualTo(new Step.LastCall());
    assertThat(at(30, 5, 0, 1)).isEqualTo(new Step.Close());
    assertThat(closed(37.9, 7.9, 5, 1, 0)).isEqualTo(new Step.Close());
    assertThat(closed(31, 1, 5, 0, 0)).isEqualTo(new Step.End());
    assertThat(closed(38, 8, 5, 1, 0)).isEqualTo(new Step.End());
  }

  @Test
  void it_does_not_end_while_somebody_might_not_have_noticed_that_it_was_hung_up_on() {
    assertThat(closed(30.5, 0.5, 0, 0, 1)).isEqualTo(new Step.Close());
    assertThat(closed(30.5, 0.5, 0, 0, 0)).isEqualTo(new Step.End());
    assertThat(closed(38, 8, 0, 0, 1)).isEqualTo(new Step.End());
  }

  @Test
  void who_cannot_be_told_anything_is_waited_for_a_second() {
    assertThat(closed(30.5, 0.5, 1, 0, 0)).isEqualTo(new Step.Close());
    assertThat(closed(31, 1, 1, 0, 0)).isEqualTo(new Step.End());
  }

  @Test
  void those_who_wait_are_all_heard_within_a_third_of_the_time() {
    assertThat(at(0, 100, 300)).isEqualTo(new Step.Serve(Duration.ofMillis(2500)));
    assertThat(at(2.5, 100, 200)).isEqualTo(new Step.Serve(Duration.ofMillis(2500)));
    assertThat(at(0, 100, 900)).isEqualTo(new Step.Serve(Duration.ofSeconds(1)));
  }

  @Test
  void where_nobody_waits_there_is_no_hurry() {
    assertThat(at(0, 100, 0)).isEqualTo(new Step.Serve(Duration.ofSeconds(28)));
  }

  @Test
  void nobody_gets_less_than_a_second() {
    assertThat(at(25, 100, 4000)).isEqualTo(new Step.Serve(Duration.ofSeconds(1)));
  }

  @Test
  void a_short_drain_keeps_the_proportions() {
    var shortPlan = new DrainPlan(Duration.ofSeconds(5));
    assertThat(shortPlan.next(situation(Duration.ofMillis(2500), 0, 0)))
        .isEqualTo(new Step.Close());
    assertThat(shortPlan.next(situation(Duration.ofSeconds(4), 1, 0)))
        .isEqualTo(new Step.LastCall());
    assertThat(new DrainPlan(Duration.ZERO).next(situation(Duration.ZERO, 9, 9)))
        .isEqualTo(new Step.Close());
  }

  private static Situation situation(Duration elapsed, int active, int waiting) {
    return new Situation(elapsed, active, waiting, LONG_AGO, 100, 0, 0, Optional.empty());
  }
}
