package dev.mailservice.maincf.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultDifferenceTest {
  private static DefaultDifference listed(String name, Optional<String> reference) {
    return new DefaultDifference(name, reference, false, "3.9", "Because.");
  }

  @Test
  void every_difference_is_of_a_parameter_that_is_known_here() {
    assertThat(DefaultDifference.all())
        .allSatisfy(it -> assertThat(it.here()).isEqualTo(Defaults.here().get(it.name())));
    assertThat(DefaultDifference.all()).extracting(DefaultDifference::name).doesNotHaveDuplicates();
  }

  @Test
  void every_difference_has_a_cause_and_a_reason() {
    assertThat(DefaultDifference.all())
        .allSatisfy(it -> assertThat(it.by()).isNotEmpty())
        .allSatisfy(it -> assertThat(it.why()).endsWith("."));
  }

  @Test
  void a_difference_that_is_not_listed_is_a_surprise() {
    assertThat(Defaults.surprises(Map.of("a", "1"), Map.of("a", "2"), List.of()))
        .containsExactly("a is \"1\" here and \"2\" in Postfix, and not listed");
  }

  @Test
  void a_name_that_one_of_both_lacks_is_a_surprise() {
    assertThat(Defaults.surprises(Map.of("a", "1"), Map.of("b", "1"), List.of()))
        .containsExactly(
            "a is \"1\" here and \"(nothing)\" in Postfix, and not listed", "b is not known here");
  }

  @Test
  void a_listed_difference_that_is_none_is_a_surprise() {
    assertThat(
            Defaults.surprises(
                Map.of("a", "1", "b", "1"),
                Map.of("a", "1", "b", "3"),
                List.of(listed("a", Optional.of("1")), listed("b", Optional.of("2")))))
        .containsExactly(
            "a is listed and does not differ", "b is listed as \"2\" in Postfix, which has \"3\"");
  }

  @Test
  void what_differs_as_listed_is_none() {
    assertThat(
            Defaults.surprises(
                Map.of("a", "1", "b", "1", "c", "1"),
                Map.of("a", "2", "c", "9"),
                List.of(
                    listed("a", Optional.of("2")),
                    listed("b", Optional.empty()),
                    new DefaultDifference("c", Optional.empty(), true, "", ""))))
        .isEmpty();
  }

  @Test
  void output_of_postconf_is_read_line_by_line() {
    assertThat(Defaults.printed("a = 1 = 2\nb =\n")).isEqualTo(Map.of("a", "1 = 2", "b", ""));
    assertThatThrownBy(() -> Defaults.printed("postconf: warning")).hasMessageContaining("warning");
  }
}
