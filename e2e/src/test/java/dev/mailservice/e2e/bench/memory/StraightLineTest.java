package dev.mailservice.e2e.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mailservice.e2e.bench.report.Curve.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class StraightLineTest {
  @Test
  void points_on_a_line_give_that_line() {
    StraightLine line =
        StraightLine.through(List.of(new Point(1, 12), new Point(2, 14), new Point(10, 30)));
    assertThat(line.slope()).isCloseTo(2, within(1e-9));
    assertThat(line.at(0)).isCloseTo(10, within(1e-9));
    assertThat(line.fit()).isCloseTo(1, within(1e-9));
  }

  @Test
  void points_beside_it_fit_less() {
    StraightLine line =
        StraightLine.through(
            List.of(new Point(0, 0), new Point(1, 2), new Point(2, 0), new Point(3, 2)));
    assertThat(line.slope()).isCloseTo(0.4, within(1e-9));
    assertThat(line.fit()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void two_points_say_nothing() {
    assertThatThrownBy(() -> StraightLine.through(List.of(new Point(0, 0), new Point(1, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
