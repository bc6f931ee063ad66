package dev.mailservice.maincf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTypeTest {
  @ParameterizedTest
  @CsvSource({"7,7", "+7,7", "-7,-7", "' 7',7", "007,7", "2147483647,2147483647"})
  void an_integer_is_read_as_strtol_reads_it(String text, int number) {
    assertThat(ParameterType.integer(0, 0).read("p", text)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"''", "7x", "x", "'7 '", "2147483648", "99999999999999999999", "- 7"})
  void what_is_no_integer_of_32_bits_is_refused(String text) {
    assertThatThrownBy(() -> ParameterType.integer(0, 0).read("p", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("bad numerical configuration: p = " + text);
  }

  @Test
  void an_integer_of_64_bits_holds_what_32_do_not() {
    assertThat(ParameterType.longInteger(0, 0).read("p", "9223372036854775807"))
        .isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> ParameterType.longInteger(0, 0).read("p", "9223372036854775808"))
        .hasMessageStartingWith("bad numerical configuration: p = ");
    assertThatThrownBy(() -> ParameterType.longInteger(1, 5).read("p", "6"))
        .hasMessage("invalid p parameter value 6 > 5, want: at most 5");
  }

  @Test
  void bounds_are_included_and_0_is_no_bound() {
    assertThat(ParameterType.integer(1, 3).read("p", "3")).isEqualTo(3);
    assertThat(ParameterType.integer(0, 3).read("p", "-1")).isEqualTo(-1);
    assertThatThrownBy(() -> ParameterType.integer(1, 3).read("p", "0"))
        .hasMessage("invalid p parameter value 0 < 1, want: at least 1");
    assertThatThrownBy(() -> ParameterType.integer(1, 3).read("p", "4"))
        .hasMessage("invalid p parameter value 4 > 3, want: at most 3");
  }

  @ParameterizedTest
  @CsvSource({"3549w,3549w", "3550w,", "24854d,24854d", "24855d,", "2147483647,2147483647s"})
  void a_time_fits_into_32_bits_of_seconds_as_conv_time_reckons(String text, String read) {
    var type = ParameterType.time('s', 0, 0);
    if (read == null) {
      assertThatThrownBy(() -> type.read("p", text))
          .hasMessageStartingWith("parameter p: bad time value or unit: " + text);
    } else {
      assertThat(type.read("p", text)).isEqualTo(type.read("p", read));
    }
  }

  @Test
  void a_time_without_a_unit_has_the_parameters_own() {
    assertThat(ParameterType.time('d', 0, 0).read("p", "5")).isEqualTo(Duration.ofDays(5));
    assertThat(ParameterType.time('d', 0, 0).read("p", "5h")).isEqualTo(Duration.ofHours(5));
    assertThatThrownBy(() -> ParameterType.time('s', 1, 5).read("p", "6"))
        .hasMessage("invalid p: 6 (max 5), want: at most 5s");
  }

  @Test
  void text_has_a_length() {
    assertThat(ParameterType.string().read("p", "")).isEmpty();
    assertThat(ParameterType.string(1, 3).read("p", "abc")).isEqualTo("abc");
    assertThatThrownBy(() -> ParameterType.string(1, 3).read("p", "abcd"))
        .hasMessageStartingWith("bad string length 4 > 3: p = abcd");
    assertThatThrownBy(() -> ParameterType.rawString(1, 0).read("p", ""))
        .hasMessageStartingWith("bad string length (0 < 1): p = ");
  }

  @Test
  void a_word_out_of_a_set_may_be_in_any_case() {
    var type = ParameterType.oneOf("", "may", "encrypt");
    assertThat(type.read("p", "May")).isEqualTo("may");
    assertThat(type.read("p", "")).isEmpty();
    assertThatThrownBy(() -> type.read("p", "must"))
        .hasMessage("bad value: p = must, want: one of (empty), may, encrypt");
  }

  @Test
  void a_list_has_words_between_commas_and_white_space() {
    assertThat(ParameterType.list().read("p", " a, b\tc,,d{e f} "))
        .containsExactly("a", "b", "c", "d{e", "f}");
  }

  @Test
  void a_word_in_braces_of_a_list_of_restrictions_may_hold_separators() {
    assertThat(
            ParameterType.restrictions()
                .read("p", "check_policy_service { inet:host:1, timeout=1s } permit } {a"))
        .containsExactly(
            "check_policy_service", "{ inet:host:1, timeout=1s }", "permit", "}", "{a");
  }

  @ParameterizedTest
  @CsvSource({
    "3,3.0,0",
    "3.6,3.10,-1",
    "3.10.1,3.10,1",
    "2,3.0,-1",
  })
  void compatibility_levels_are_compared_number_by_number(String left, String right, int sign) {
    assertThat(CompatibilityLevel.parse(left).compareTo(CompatibilityLevel.parse(right)))
        .isEqualTo(sign);
  }

  @ParameterizedTest
  @CsvSource({"''", "x", "3.", "3.x", "3.1024", "3.6.1.1", "-1", "'3 '", "'3,6'"})
  void what_is_no_compatibility_level_is_refused(String text) {
    assertThatThrownBy(() -> CompatibilityLevel.parse(text))
        .hasMessageStartingWith("malformed compatibility level syntax: \"" + text + "\"");
  }

  @Test
  void a_type_describes_itself() {
    assertThat(ParameterType.time('s', 1, 0).describe())
        .isEqualTo("time, default unit s, at least 1s");
    assertThat(ParameterType.integer(1, 9).describe()).isEqualTo("integer, at least 1, at most 9");
    assertThat(ParameterType.longInteger(0, 0).describe()).isEqualTo("integer");
    assertThat(ParameterType.bool().describe()).isEqualTo("yes or no");
    assertThat(ParameterType.oneOf("", "may").describe()).isEqualTo("one of (empty), may");
    assertThat(ParameterType.patterns().describe()).isEqualTo("list of patterns");
    assertThat(ParameterType.tables().describe()).isEqualTo("list of lookup tables");
    assertThat(ParameterType.nonEmptyString().describe()).isEqualTo("text, at least 1 characters");
    assertThat(ParameterType.rawString(0, 0).describe()).isEqualTo("text, expanded when used");
  }

  @ParameterizedTest
  @CsvSource({"host:1", "inet:host:65535", "[::1]:25", "192.0.2.1:25", "unix:/run/filter", "''"})
  void a_destination_is_a_host_and_a_port_or_a_path(String text) {
    assertThat(ParameterType.destination().read("p", text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "host",
    "host:",
    ":1",
    "host:0",
    "host:65536",
    "host:+1",
    "::1:25",
    "[]:1",
    "a:b:1",
    "unix:filter"
  })
  void what_is_no_destination_is_refused(String text) {
    assertThatThrownBy(() -> ParameterType.destination().read("p", text))
        .hasMessage("p: bad destination \"%s\", want: host:port or unix:/path".formatted(text));
  }
}
