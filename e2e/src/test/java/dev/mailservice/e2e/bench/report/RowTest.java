package dev.mailservice.e2e.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mailservice.e2e.bench.report.Floor.Met;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowTest {
  @ParameterizedTest
  @CsvSource({
    "RATIO_AT_LEAST, 2,   10, 5,  YES",
    "RATIO_AT_LEAST, 2.1, 10, 5,  NO",
    "RATIO_AT_MOST,  0.5, 10, 20, YES",
    "RATIO_AT_MOST,  0.5, 10, 19, NO",
    "AT_LEAST,       10,  10, 99, YES",
    "AT_LEAST,       11,  10, 99, NO",
    "AT_MOST,        10,  10, 1,  YES",
    "AT_MOST,        9,   10, 1,  NO",
    "AT_MOST,        10,  10, ,   YES",
    "RATIO_AT_MOST,  0.5, 10, ,   NOT_KNOWN",
    "RATIO_AT_MOST,  0.5, 10, 0,  NOT_KNOWN",
  })
  void aFloorIsJudgedByTheRatioOrByOurs(
      Floor.Bound bound, double value, double ours, Double postfix, Met met) {
    Row row =
        Row.of(
            "what",
            "unit",
            List.of(ours),
            postfix == null ? List.of() : List.of(postfix),
            new Floor(bound, value));

    assertThat(row.met()).isEqualTo(met);
  }

  @Test
  void bothFiguresAreMediansOfTheirRuns() {
    Row row = Row.of("what", "unit", List.of(9.0, 1.0, 2.0), List.of(4.0, 1.0, 9.0, 2.0), null);

    assertThat(row.ours()).isEqualTo(2);
    assertThat(row.postfix()).isEqualTo(3);
    assertThat(row.met()).isEqualTo(Met.NO_FLOOR);
  }

  @Test
  void aFigureNeedsARun() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Row.of("what", "unit", List.of(), List.of(1.0), null));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1234567.8, 1234568",
    "123.4, 123",
    "12.345, 12.3",
    "0.0012345, 0.00123",
    "100, 100",
    "20, 20",
    "NaN, –",
    "-3.14159, -3.14"
  })
  void figuresHaveThreeDigitsThatCount(double value, String text) {
    assertThat(Figures.plain(value)).isEqualTo(text);
  }
}
