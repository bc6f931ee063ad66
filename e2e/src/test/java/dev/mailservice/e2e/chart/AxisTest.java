package dev.mailservice.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @ParameterizedTest
  @CsvSource({"5, 1", "6, 2", "12, 5", "60, 20", "230, 50", "440, 100"})
  void stepsOfAnAxisAreRoundNumbers(double range, double step) {
    assertThat(Axis.niceStep(range)).isEqualTo(step);
  }
}
