package dev.mailservice.smtpd.anvil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.smtpd.anvil.Anvil.Event;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnvilTest {
  private static final Duration TIME_UNIT = Duration.ofSeconds(60);

  private final AtomicLong nanos = new AtomicLong();
  private final Anvil anvil = new Anvil(TIME_UNIT, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void sessions_are_counted_up_and_down_for_each_network() {
    assertThat(anvil.open("a")).isEqualTo(1);
    assertThat(anvil.open("a")).isEqualTo(2);
    assertThat(anvil.open("b")).isEqualTo(1);
    anvil.close("a");
    assertThat(anvil.open("a")).isEqualTo(2);
    assertThat(anvil.active()).isEqualTo(2);
  }

  @Test
  void events_are_counted_until_a_time_unit_after_the_first() {
    anvil.open("a");
    assertThat(anvil.count("a", Event.MESSAGE)).isEqualTo(1);
    pass(TIME_UNIT.minusMillis(1));
    assertThat(anvil.count("a", Event.MESSAGE)).isEqualTo(2);
    assertThat(anvil.rate("a", Event.MESSAGE)).isEqualTo(2);
    pass(Duration.ofMillis(1));
    assertThat(anvil.rate("a", Event.MESSAGE)).isZero();
    assertThat(anvil.count("a", Event.MESSAGE)).isEqualTo(1);
  }

  @Test
  void a_network_that_comes_again_within_the_time_unit_is_remembered() {
    anvil.open("a");
    anvil.count("a", Event.CONNECTION);
    anvil.close("a");
    pass(TIME_UNIT.minusMillis(1));
    anvil.open("a");
    assertThat(anvil.count("a", Event.CONNECTION)).isEqualTo(2);
  }

  @Test
  void events_of_one_kind_are_not_those_of_another() {
    anvil.open("a");
    anvil.count("a", Event.MESSAGE);
    assertThat(anvil.count("a", Event.RECIPIENT)).isEqualTo(1);
    assertThat(anvil.rate("a", Event.AUTH)).isZero();
  }

  @Test
  void a_quiet_network_is_forgotten_a_time_unit_after_its_last_session() {
    anvil.open("a");
    pass(TIME_UNIT.multipliedBy(2));
    anvil.close("a");
    anvil.open("b");
    assertThat(anvil.size()).isEqualTo(2);
    pass(TIME_UNIT);
    anvil.open("c");
    assertThat(anvil.size()).isEqualTo(2);
  }

  @Test
  void a_network_with_a_session_is_not_forgotten() {
    anvil.open("a");
    pass(TIME_UNIT.multipliedBy(10));
    anvil.open("b");
    assertThat(anvil.open("a")).isEqualTo(2);
  }

  @Test
  void the_networks_that_have_been_quiet_for_longest_make_room() {
    for (int i = 0; i < 100_000; i++) {
      String network = "network " + i;
      anvil.open(network);
      anvil.count(network, Event.CONNECTION);
      anvil.close(network);
    }
    assertThat(anvil.size()).isLessThanOrEqualTo(50_001);
    anvil.open("network 99999");
    assertThat(anvil.count("network 99999", Event.CONNECTION)).isEqualTo(2);
    anvil.open("network 0");
    assertThat(anvil.count("network 0", Event.CONNECTION)).isEqualTo(1);
  }

  @Test
  void who_has_no_session_does_nothing() {
    assertThatThrownBy(() -> anvil.close("a")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> anvil.count("a", Event.MESSAGE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void many_threads_count_right() throws Exception {
    try (var clients = Executors.newFixedThreadPool(8)) {
      var sessions =
          IntStream.range(0, 8).<Future<?>>mapToObj(it -> clients.submit(this::comeAndGo)).toList();
      for (Future<?> session : sessions) {
        session.get();
      }
    }
    assertThat(anvil.active()).isZero();
    anvil.open("a");
    assertThat(anvil.count("a", Event.MESSAGE)).isEqualTo(8_001);
  }

  private void comeAndGo() {
    for (int i = 0; i < 1000; i++) {
      anvil.open("a");
      anvil.count("a", Event.MESSAGE);
      anvil.close("a");
    }
  }
}
