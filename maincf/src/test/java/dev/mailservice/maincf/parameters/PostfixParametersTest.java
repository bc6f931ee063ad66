package dev.mailservice.maincf.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostfixParametersTest {
  @Test
  void other_programs_parameters_are_known_by_name_and_default() {
    assertThat(PostfixParameters.contains("postscreen_greet_wait")).isTrue();
    assertThat(PostfixParameters.defaultExpression("postscreen_greet_wait"))
        .contains("${stress?{2}:{6}}s");
    assertThat(PostfixParameters.defaultExpression("relayhost")).contains("");
  }

  @Test
  void a_name_that_is_nobodys_is_unknown() {
    assertThat(PostfixParameters.contains("relay_host")).isFalse();
    assertThat(PostfixParameters.defaultExpression("relay_host")).isEmpty();
  }

  @Test
  void no_name_is_in_both_lists() {
    assertThat(PostfixParameters.names())
        .allSatisfy(name -> assertThat(SmtpdParameters.named(name)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "slow_destination_concurrency_limit, $default_destination_concurrency_limit",
    "slow_extra_recipient_limit, $default_extra_recipient_limit",
    "slow_recipient_limit, $default_recipient_limit",
    "slow_initial_destination_concurrency, $initial_destination_concurrency",
    "policyd_time_limit, $command_time_limit",
    "local_destination_concurrency_limit, 2",
  })
  void a_limit_of_one_transport_has_that_of_all_as_its_default(String name, String expression) {
    assertThat(PostfixParameters.defaultExpression(name)).contains(expression);
  }

  @Test
  void a_suffix_alone_names_no_transport() {
    assertThat(PostfixParameters.contains("_destination_rate_delay")).isFalse();
  }
}
