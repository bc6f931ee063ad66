package dev.mailservice.maincf.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Parameter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpdParametersTest {
  private static Configuration configuration(String file) {
    return Configuration.of(MainCf.parse("main.cf", file), SmtpdParameters.all());
  }

  @Test
  void defaults_depend_on_stress_as_in_Postfix() {
    Configuration calm = configuration("").override("stress=");
    Configuration stressed = configuration("").override("stress=yes");
    assertThat(calm.get(RateParameters.SMTPD_TIMEOUT)).isEqualTo(Duration.ofSeconds(300));
    assertThat(stressed.get(RateParameters.SMTPD_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
    assertThat(calm.get(TarpitParameters.SMTPD_HARD_ERROR_LIMIT)).isEqualTo(20);
    assertThat(stressed.get(TarpitParameters.SMTPD_HARD_ERROR_LIMIT)).isEqualTo(1);
    assertThat(calm.get(CompatibilityParameters.SMTPD_PER_REQUEST_DEADLINE)).isFalse();
    assertThat(stressed.get(CompatibilityParameters.SMTPD_PER_REQUEST_DEADLINE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"300,300", "5s,5", "2m,120", "1h,3600", "1d,86400", "1w,604800", "5seconds,5"})
  void a_time_is_digits_and_a_unit(String text, long seconds) {
    assertThat(configuration("smtpd_timeout = " + text).get(RateParameters.SMTPD_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void a_value_of_the_wrong_type_names_where_it_stands() {
    assertThatThrownBy(
            () -> configuration("a = 1\nsmtpd_timeout = $a$a!\n").get(RateParameters.SMTPD_TIMEOUT))
        .isInstanceOf(MainCfException.class)
        .hasMessageStartingWith("main.cf, line 2, column 17: parameter smtpd_timeout");
  }

  @Test
  void every_default_is_of_its_parameters_type_at_every_compatibility_level() {
    for (String level : List.of("0", "1", "2", "3.6", "3.11")) {
      Configuration configuration = configuration("").override("compatibility_level=" + level);
      for (Parameter<?> parameter : SmtpdParameters.all()) {
        assertThatCode(() -> configuration.calm().get(parameter)).doesNotThrowAnyException();
        assertThatCode(() -> configuration.stressed().get(parameter)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void no_name_is_declared_twice() {
    assertThat(SmtpdParameters.all()).extracting(Parameter::name).doesNotHaveDuplicates();
  }

  @Test
  void a_declaration_is_found_by_its_name() {
    assertThat(SmtpdParameters.named("smtpd_timeout")).contains(RateParameters.SMTPD_TIMEOUT);
    assertThat(SmtpdParameters.named("relayhost")).isEmpty();
  }

  @Test
  void every_description_is_made_of_sentences() {
    assertThat(SmtpdParameters.all())
        .allSatisfy(it -> assertThat(it.description()).matches("(?s)[A-Z].*[^. ]\\."));
  }

  @Test
  void a_version_is_one_of_Postfixs() {
    assertThat(SmtpdParameters.all())
        .allSatisfy(
            it ->
                assertThat(it.since()).matches("|[1-3]\\.\\d+(\\.\\d+)?(, [1-3]\\.\\d+\\.\\d+)*"));
  }

  @Test
  void whatever_a_default_refers_to_is_declared() {
    Configuration configuration = configuration("");
    assertThat(
            SmtpdParameters.all().stream()
                .filter(it -> !it.type().raw())
                .flatMap(it -> configuration.references(it.name()).stream())
                .filter(it -> SmtpdParameters.named(it).isEmpty()))
        .isEmpty();
  }
}
