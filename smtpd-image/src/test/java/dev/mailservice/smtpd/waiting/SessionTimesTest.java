package dev.mailservice.smtpd.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class SessionTimesTest {
  private final AtomicLong clock = new AtomicLong(1000);
  private final SessionTimes times = new SessionTimes(clock::get);

  private long nanos(WaitingFor what) {
    return times.look().nanos(what);
  }

  @Test
  void a_wait_that_goes_on_counts_already() {
    SessionTime session = times.begin();
    clock.addAndGet(5);
    var unused = session.enter(WaitingFor.CLIENT, clock.get());
    clock.addAndGet(7);
    assertThat(nanos(WaitingFor.NONE)).isEqualTo(5);
    assertThat(nanos(WaitingFor.CLIENT)).isEqualTo(7);
    assertThat(times.look().sessions(WaitingFor.CLIENT)).isEqualTo(1);
  }

  @Test
  void a_wait_within_a_wait_ends_in_the_one_around_it() {
    SessionTime session = times.begin();
    session.run(
        () -> {
          try (var around = SessionTime.waitFor(WaitingFor.POLICY)) {
            clock.addAndGet(1);
            try (var within = SessionTime.waitFor(WaitingFor.DNS)) {
              clock.addAndGet(10);
            }
            clock.addAndGet(100);
          }
          clock.addAndGet(1000);
        });
    times.end(session);
    assertThat(nanos(WaitingFor.POLICY)).isEqualTo(101);
    assertThat(nanos(WaitingFor.DNS)).isEqualTo(10);
    assertThat(nanos(WaitingFor.NONE)).isEqualTo(1000);
  }

  @Test
  void the_sum_is_the_time_of_all_sessions_those_that_are_over_and_those_that_are_not() {
    SessionTime first = times.begin();
    clock.addAndGet(3);
    SessionTime second = times.begin();
    var unused = second.enter(WaitingFor.NEXT_HOP, clock.get());
    clock.addAndGet(4);
    times.end(first);
    clock.addAndGet(5);
    assertThat(Arrays.stream(times.look().nanos()).sum()).isEqualTo(7 + 9);
    assertThat(Arrays.stream(times.look().sessions()).sum()).isEqualTo(1);
  }

  @Test
  void after_its_end_a_session_has_no_time() {
    SessionTime session = times.begin();
    times.end(session);
    clock.addAndGet(5);
    var unused = session.enter(WaitingFor.CLIENT, clock.get());
    times.end(session);
    assertThat(Arrays.stream(times.look().nanos()).sum()).isZero();
  }

  @Test
  void outside_of_sessions_a_wait_is_nobodys() {
    try (var unused = SessionTime.waitFor(WaitingFor.DNS)) {
      clock.addAndGet(5);
    }
    assertThat(Arrays.stream(times.look().nanos()).sum()).isZero();
  }
}
