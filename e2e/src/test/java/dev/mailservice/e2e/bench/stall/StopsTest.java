package dev.mailservice.e2e.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopsTest {
  @Test
  void the_longest_and_all_together() {
    var stops = new Stops(List.of(stop(0, 3), stop(100, 8), stop(200, 5)));
    assertThat(stops.longest()).isEqualTo(Duration.ofMillis(8));
    assertThat(stops.total()).isEqualTo(Duration.ofMillis(16));
    assertThat(stops.millis()).containsExactly(3.0, 8.0, 5.0);
  }

  @Test
  void without_a_stop_nothing_was_stopped() {
    var none = new Stops(List.of());
    assertThat(none.longest()).isZero();
    assertThat(none.total()).isZero();
    assertThat(none.mostWithin(Duration.ofMillis(100))).isZero();
  }

  @Test
  void stops_that_follow_upon_each_other_delay_together() {
    var stops = new Stops(List.of(stop(1000, 30), stop(1040, 30), stop(5000, 40)));
    assertThat(stops.longest()).isEqualTo(Duration.ofMillis(40));
    assertThat(stops.mostWithin(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(60));
  }

  @Test
  void of_a_stop_at_the_edge_of_a_stretch_only_its_part_counts() {
    var two = new Stops(List.of(stop(0, 30), stop(95, 20)));
    assertThat(two.mostWithin(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(35));
    var oneLong = new Stops(List.of(stop(0, 300)));
    assertThat(oneLong.mostWithin(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void what_has_begun_outside_of_a_time_does_not_count() {
    var stops = new Stops(List.of(stop(9, 5), stop(10, 1), stop(19, 2), stop(20, 3)));
    assertThat(stops.between(moment(10), moment(20)).millis()).containsExactly(1.0, 2.0);
  }

  private static Stop stop(long startMillis, long millis) {
    return new Stop(moment(startMillis), Duration.ofMillis(millis));
  }

  private static Instant moment(long millis) {
    return Instant.EPOCH.plusMillis(millis);
  }
}
