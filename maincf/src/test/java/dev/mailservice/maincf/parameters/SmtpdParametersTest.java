package dev.mailservice.maincf.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
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

  private static List<String> problems(String file) {
    return SmtpdParameters.check(configuration(file)).stream().map(Diagnostic::toString).toList();
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

  @Test
  void every_default_is_of_its_parameters_type() {
    for (String stress : List.of("stress=", "stress=yes")) {
      assertThat(SmtpdParameters.check(configuration("").override(stress))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"300,300", "5s,5", "2m,120", "1h,3600", "1d,86400", "1w,604800", "5seconds,5"})
  void a_time_is_digits_and_a_unit(String text, long seconds) {
    assertThat(configuration("smtpd_timeout = " + text).get(RateParameters.SMTPD_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smtpd_timeout = 10S | bad time value or unit: 10S",
        "smtpd_timeout = 5x | bad time value or unit: 5x",
        "smtpd_timeout = | bad time value or unit",
        "smtpd_timeout = -5 | bad time value or unit: -5",
        "smtpd_timeout = 0 | invalid smtpd_timeout: 0 (min 1)",
        "smtpd_hard_error_limit = many | bad numerical configuration",
        "smtpd_hard_error_limit = 0 | invalid smtpd_hard_error_limit parameter value 0 < 1",
        "smtpd_helo_required = maybe | bad boolean configuration: smtpd_helo_required = maybe",
        "myhostname = | bad string length 0 < 1: myhostname = ",
      })
  void a_value_that_is_not_of_its_type_is_refused_in_Postfixs_words(String line, String message) {
    assertThat(problems("\n" + line))
        .singleElement()
        .asString()
        .contains(message)
        .startsWith("main.cf, line 2");
  }

  @Test
  void all_that_is_wrong_is_told_at_once() {
    assertThat(problems("smtpd_timeout = soon\nsmtpd_helo_required = 1\nx = ${y\n")).hasSize(3);
  }

  @Test
  void a_parameter_that_nobody_knows_gets_Postfixs_warning() {
    assertThat(problems("smtpd_timeuot = 5\n"))
        .containsExactly(
            "main.cf, line 1, column 17: unused parameter: smtpd_timeuot=5, this server does not"
                + " use it");
  }

  @Test
  void a_parameter_of_another_program_gets_a_warning_if_it_is_not_its_default() {
    assertThat(problems("relayhost = [mx.example.test]\n"))
        .containsExactly(
            "main.cf, line 1, column 13: relayhost = [mx.example.test] is for another of Postfix's"
                + " programs, and without effect");
    assertThat(problems("relayhost =\nqueue_run_delay = 300s\n")).isEmpty();
  }

  @Test
  void a_parameter_that_is_not_implemented_gets_a_warning_if_it_is_not_its_default() {
    assertThat(problems("disable_vrfy_command = yes\n"))
        .containsExactly(
            "main.cf, line 1, column 24: disable_vrfy_command = yes is not implemented, and without"
                + " effect");
    assertThat(problems("disable_vrfy_command = NO\nmax_idle = 100\n")).isEmpty();
  }

  @Test
  void a_parameter_of_ones_own_that_another_refers_to_is_used() {
    assertThat(problems("site = example.test\nmyhostname = mx.$site\n")).isEmpty();
  }

  @Test
  void a_parameter_that_stops_mail_and_is_not_implemented_is_an_error() {
    assertThat(SmtpdParameters.check(configuration("smtpd_milters = inet:filter:8891\n")))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.severity()).isEqualTo(Diagnostic.Severity.ERROR);
              assertThat(it.message()).contains("would let mail through");
            });
    assertThat(problems("smtpd_milters =\n")).isEmpty();
  }

  @Test
  void a_value_of_the_wrong_type_names_where_it_stands() {
    assertThatThrownBy(
            () -> configuration("a = 1\nsmtpd_timeout = $a$a!\n").get(RateParameters.SMTPD_TIMEOUT))
        .isInstanceOf(MainCfException.class)
        .hasMessageStartingWith("main.cf, line 2, column 17: parameter smtpd_timeout");
  }

  @Test
  void a_default_is_what_it_is_in_the_same_file() {
    assertThat(
            problems(
                "mynetworks = 192.0.2.0/24\nsmtpd_forbid_bare_newline_exclusions = 192.0.2.0/24\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "smtpd_forbid_bare_newline = yes, WARNING",
    "smtpd_forbid_bare_newline = no, WARNING",
    "smtpd_forbid_bare_newline = reject, ERROR",
    "smtpd_client_connection_count_limit = 0, WARNING",
    "smtpd_client_connection_count_limit = 10, ERROR",
    "smtpd_forbidden_commands =, WARNING",
    "smtpd_forbidden_commands = GET, ERROR",
    "smtpd_tls_security_level = none, WARNING",
    "smtpd_tls_security_level = may, ERROR",
  })
  void what_asks_for_no_more_than_the_server_does_is_a_warning(
      String line, Diagnostic.Severity severity) {
    assertThat(SmtpdParameters.check(configuration(line)))
        .singleElement()
        .extracting(Diagnostic::severity)
        .isEqualTo(severity);
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
