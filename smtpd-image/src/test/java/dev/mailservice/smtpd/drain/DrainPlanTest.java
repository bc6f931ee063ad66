package dev.mailservice.smtpd.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.drain.DrainPlan.Situation;
import dev.mailservice.smtpd.drain.DrainPlan.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainPlanTest {
  private final DrainPlan plan = new DrainPlan(Duration.ofSeconds(30));

  private Step at(double seconds, int active, int waiting) {
    return at(seconds, active, waiting, 0);
  }

  private Step at(double seconds, int active, int waiting, int answersDue) {
    return plan.next(
        new Situation(
            Duration.ofMillis((long) (seconds * 1000)), active, waiting, 100, answersDue));
  }

  @Test
  void a_deserted_server_serves_on_for_five_seconds_because_endpoints_follow_late() {
    assertThat(at(0, 0, 0)).isInstanceOf(Step.Serve.class);
    assertThat(at(4.9, 0, 0)).isInstanceOf(Step.Serve.class);
    assertThat(at(5, 0, 0)).isEqualTo(new Step.End());
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
    assertThat(at(30, 5, 0)).isEqualTo(new Step.End());
  }

  @Test
  void after_the_end_only_the_answers_to_messages_are_waited_for_and_not_for_ever() {
    assertThat(at(29, 5, 0, 1)).isEqualTo(new Step.LastCall());
    assertThat(at(30, 5, 0, 1)).isEqualTo(new Step.LastCall());
    assertThat(at(37.9, 5, 0, 1)).isEqualTo(new Step.LastCall());
    assertThat(at(31, 5, 0, 0)).isEqualTo(new Step.End());
    assertThat(at(38, 5, 0, 1)).isEqualTo(new Step.End());
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
    assertThat(shortPlan.next(new Situation(Duration.ofMillis(2500), 0, 0, 100, 0)))
        .isEqualTo(new Step.End());
    assertThat(shortPlan.next(new Situation(Duration.ofSeconds(4), 1, 0, 100, 0)))
        .isEqualTo(new Step.LastCall());
    assertThat(new DrainPlan(Duration.ZERO).next(new Situation(Duration.ZERO, 9, 9, 100, 0)))
        .isEqualTo(new Step.End());
  }
}
