package dev.mailservice.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.operator.decision.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTextTest {
  private static final String GOOD =
      """
      # TYPE smtpd_sessions_active gauge
      # HELP smtpd_sessions_active Sessions that hold a slot.
      smtpd_sessions_active{service="smtp"} 42
      # TYPE smtpd_process_limit gauge
      smtpd_process_limit{service="smtp"} 100.0
      # TYPE smtpd_saturations counter
      smtpd_saturations_total{service="smtp"} 1.7E1 1760000000.123 # {trace="a b"} 1
      smtpd_saturations_created{service="smtp"} 1760000000.123
      smtpd_banner_info{text="smtpd_process_limit 7"} 1
      # EOF
      """;

  @Test
  void the_figures_of_the_contract_are_read_and_all_others_passed_over() throws Exception {
    assertThat(MetricsText.parse(GOOD)).isEqualTo(new Sample(42, 100, 17));
  }

  @Test
  void labels_and_carriage_returns_do_not_matter() throws Exception {
    assertThat(
            MetricsText.parse(
                "smtpd_sessions_active 1\r\nsmtpd_process_limit 2\r\nsmtpd_saturations_total 3\r\n"))
        .isEqualTo(new Sample(1, 2, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42    | -1      | smtpd_sessions_active is out of bounds: -1",
        "42    | NaN     | smtpd_sessions_active is not a whole number: NaN",
        "42    | +Inf    | smtpd_sessions_active is not a number: +Inf",
        "42    | 1.5     | smtpd_sessions_active is not a whole number: 1.5",
        "42    | many    | smtpd_sessions_active is not a number: many",
        "42    | 1e300   | smtpd_sessions_active is not a whole number: 1e300",
        "42    | 3e9     | smtpd_sessions_active is out of bounds: 3000000000",
        "100.0 | 0       | smtpd_process_limit is out of bounds: 0",
        "1.7E1 | -3      | smtpd_saturations_total is out of bounds: -3",
      })
  void a_figure_that_makes_no_sense_is_refused(String good, String bad, String message) {
    assertThatThrownBy(() -> MetricsText.parse(GOOD.replace(good, bad)))
        .isInstanceOf(MalformedMetricsException.class)
        .hasMessage(message);
  }

  @Test
  void a_missing_figure_is_never_zero() {
    assertThatThrownBy(() -> MetricsText.parse(GOOD.replace("sessions_active{", "sessions{")))
        .hasMessage("smtpd_sessions_active is missing");
    assertThatThrownBy(() -> MetricsText.parse("")).hasMessageEndingWith("is missing");
  }

  @Test
  void a_figure_that_is_there_twice_is_refused() {
    assertThatThrownBy(() -> MetricsText.parse(GOOD + "smtpd_process_limit{service=\"x\"} 5\n"))
        .hasMessage("smtpd_process_limit is there more than once");
  }

  @Test
  void garbage_is_refused_and_nothing_worse() {
    var random = new Random(1);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(30); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      assertThatCode(() -> parseOrRefuse(text)).as(text).doesNotThrowAnyException();
    }
  }

  private static void parseOrRefuse(String text) {
    try {
      Sample sample = MetricsText.parse(text);
      assertThat(sample.active()).isNotNegative();
      assertThat(sample.limit()).isPositive();
    } catch (MalformedMetricsException _) {
      // As it should be.
    }
  }
}
