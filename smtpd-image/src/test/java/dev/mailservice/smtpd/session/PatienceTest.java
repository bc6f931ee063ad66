package dev.mailservice.smtpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What counts against a client, at times that a test chooses. */
class PatienceTest {
  private static final PatienceLimits EACH_WAIT =
      new PatienceLimits(Duration.ofSeconds(10), false, 500);
  private static final PatienceLimits WHOLE_REQUEST =
      new PatienceLimits(Duration.ofSeconds(10), true, 500);

  private final Patience patience = new Patience();

  private static long at(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void a_session_that_waits_for_somebody_else_does_not_count_against_its_client() {
    patience.request(false);
    patience.reading(at(0));
    patience.progress(at(4), 20);
    // A policy server and a next hop take a minute.
    assertThat(patience.isExpired(at(60), WHOLE_REQUEST)).isFalse();
    patience.writing(at(64));
    assertThat(patience.isExpired(at(69), WHOLE_REQUEST)).isFalse();
    assertThat(patience.isExpired(at(70), WHOLE_REQUEST)).isTrue();
  }

  @Test
  void all_waits_of_a_request_count_together_where_the_request_has_a_deadline() {
    patience.request(false);
    for (int second = 0; second < 9; second++) {
      patience.reading(at(second));
      patience.progress(at(second + 1), 1);
    }
    patience.reading(at(9));
    assertThat(patience.isExpired(at(10), WHOLE_REQUEST)).isTrue();
    assertThat(patience.isExpired(at(10), EACH_WAIT)).isFalse();
  }

  @Test
  void bytes_of_a_message_earn_time_and_those_of_a_command_do_not() {
    patience.request(true);
    patience.reading(at(0));
    patience.progress(at(9), 5_000);
    patience.reading(at(9));
    assertThat(patience.isExpired(at(19), WHOLE_REQUEST)).isFalse();
    assertThat(patience.isExpired(at(20), WHOLE_REQUEST)).isTrue();
    patience.request(false);
    patience.reading(at(20));
    patience.progress(at(29), 5_000);
    patience.reading(at(29));
    assertThat(patience.isExpired(at(30), WHOLE_REQUEST)).isTrue();
  }
}
