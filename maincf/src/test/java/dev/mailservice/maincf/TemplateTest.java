package dev.mailservice.maincf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final Map<String, String> VALUES =
      Map.of("set", "value", "empty", "", "price", "$5 ${set}");

  private static String expand(String text) {
    return new Template("parameter", text).expand(it -> Optional.ofNullable(VALUES.get(it)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$set and ${set} and $(set)|value and value and value",
        "$unknown, $empty.|, .",
        "${set?yes}${empty?no}${unknown?no}|yes",
        "${set:no}${empty:yes}|yes",
        "${set?{it is $set}:{it is not}}|it is value",
        "${{$set}=={value}?{same}:{other}}|same",
        "$$set|$set",
      })
  void names_are_replaced_as_in_a_value_of_main_cf(String text, String expanded) {
    assertThat(expand(text)).isEqualTo(expanded);
  }

  @Test
  void what_a_name_stands_for_is_taken_as_it_is() {
    assertThat(expand("costs $price")).isEqualTo("costs $5 ${set}");
  }

  @Test
  void what_is_malformed_says_which_parameter_has_it() {
    assertThatThrownBy(() -> expand("costs $ 5"))
        .isInstanceOf(MainCfException.class)
        .hasMessageContaining("parameter: ");
  }
}
