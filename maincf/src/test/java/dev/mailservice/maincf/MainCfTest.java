package dev.mailservice.maincf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainCfTest {
  private static String value(String file, String name) {
    return Configuration.of(MainCf.parse("main.cf", file), List.of())
        .expand(name)
        .orElse("(unset)");
  }

  @Test
  void a_line_that_starts_with_white_space_continues_the_one_before() {
    assertThat(value("a = one,\n  two,\n\tthree\n", "a")).isEqualTo("one,  two,\tthree");
  }

  @Test
  void comments_and_blank_lines_may_stand_between_a_line_and_its_continuation() {
    assertThat(value("a = one\n# not this\n\n   # nor this\n two\n", "a")).isEqualTo("one two");
  }

  @Test
  void a_file_may_end_without_a_newline_and_may_have_CRLF() {
    assertThat(value("a = 1\r\nb = 2", "a")).isEqualTo("1");
    assertThat(value("a = 1\r\nb = 2", "b")).isEqualTo("2");
  }

  @Test
  void the_last_of_two_lines_for_a_parameter_wins_with_a_warning() {
    MainCf file = MainCf.parse("main.cf", "a = 1\nb = 2\na = 3\n");
    assertThat(Configuration.of(file, List.of()).expand("a")).contains("3");
    assertThat(file.warnings())
        .extracting(Diagnostic::toString)
        .containsExactly("main.cf, line 3, column 5: overriding earlier entry: a=1 (line 1)");
  }

  @Test
  void a_file_that_starts_with_a_continuation_gets_a_warning() {
    assertThat(MainCf.parse("main.cf", " a = 1\n").warnings())
        .extracting(Diagnostic::message)
        .containsExactly("logical line must not start with whitespace: \" a = 1\", ignored");
  }

  @Test
  void a_line_without_an_equals_sign_is_refused_with_file_line_and_column() {
    assertThatThrownBy(() -> MainCf.parse("/etc/postfix/main.cf", "a = 1\n\nsmtpd_timeout 5\n"))
        .isInstanceOf(MainCfException.class)
        .hasMessage(
            "/etc/postfix/main.cf, line 3, column 15: missing '=' after attribute name:"
                + " \"smtpd_timeout 5\", want: name = value");
    assertThatThrownBy(() -> MainCf.parse("main.cf", "= 1"))
        .hasMessageContaining("missing attribute name");
  }

  @Test
  void an_error_within_a_continuation_names_the_physical_line() {
    MainCf file = MainCf.parse("main.cf", "a = one\n  two ${three\n");
    assertThatThrownBy(() -> Configuration.of(file, List.of()).expand("a"))
        .hasMessageStartingWith("main.cf, line 2, column 7: a: truncated macro reference");
  }

  @Test
  void the_command_line_wins_over_the_file_and_the_last_option_over_earlier_ones() {
    Configuration file = Configuration.of(MainCf.parse("main.cf", "a = file\n"), List.of());
    assertThat(file.override("a=first").override("{ a = last }").expand("a")).contains("last");
  }

  @Test
  void an_option_that_is_no_assignment_is_refused() {
    Configuration file = Configuration.of(MainCf.empty(), List.of());
    assertThatThrownBy(() -> file.override("stress"))
        .hasMessage("-o: missing '=' after attribute name: \"stress\", want: name = value");
  }

  @Test
  void an_option_in_braces_that_are_not_closed_or_not_the_end_is_refused() {
    Configuration file = Configuration.of(MainCf.empty(), List.of());
    assertThatThrownBy(() -> file.override("{ a = b"))
        .hasMessageStartingWith("-o: missing '}' in \"{ a = b\"");
    assertThatThrownBy(() -> file.override("{ a = b } c"))
        .hasMessageStartingWith("-o: syntax error after '}' in \"{ a = b } c\"");
  }

  @Test
  void a_parameter_set_twice_to_the_same_value_gets_no_warning() {
    assertThat(MainCf.parse("main.cf", "a = 1\na =  1\n").warnings()).isEmpty();
  }

  @Test
  void a_NUL_character_is_refused_where_Postfix_would_cut_the_line() {
    assertThatThrownBy(() -> MainCf.parse("main.cf", "a = b\0c\n"))
        .hasMessageStartingWith("main.cf, line 1, column 6: NUL character");
  }

  @Test
  void what_is_malformed_is_found_also_where_no_evaluation_comes_by() {
    Configuration file =
        Configuration.of(MainCf.parse("main.cf", "a = ${stress?{${b!}}:{c}}\n"), List.of());
    assertThat(file.calm().expand("a")).contains("c");
    assertThat(file.malformed("a"))
        .extracting(Diagnostic::toString)
        .containsExactly(
            "main.cf, line 1, column 18: a: attribute name syntax error at: \"...b>>>!\", want:"
                + " ${name}, ${name?text} or ${name:text}");
  }

  @Test
  void references_are_found_in_every_branch_and_operand() {
    Configuration file =
        Configuration.of(
            MainCf.parse("main.cf", "a = $b ${c?{$d}:{$e}} ${{$f} == {$g} ? {$h}}\n"), List.of());
    assertThat(file.references("a")).containsExactly("b", "c", "d", "e", "f", "g", "h");
    assertThat(file.references()).isEqualTo(file.references("a"));
  }

  @Test
  void values_that_double_each_other_are_refused_before_they_fill_the_memory() {
    var text = new StringBuilder("a0 = text\nb0 =\n");
    for (int at = 1; at < 90; at++) {
      text.append(
          "a%d = $a%d$a%d\nb%d = $b%d$b%d\n".formatted(at, at - 1, at - 1, at, at - 1, at - 1));
    }
    Configuration file = Configuration.of(MainCf.parse("main.cf", text.toString()), List.of());
    for (String name : List.of("a89", "b89")) {
      assertThatThrownBy(() -> file.expand(name))
          .isInstanceOf(MainCfException.class)
          .hasMessageContaining("unreasonable macro expansion");
    }
  }

  @Test
  void calls_nest_as_deep_as_in_Postfix_and_no_deeper() {
    var text = new StringBuilder("a0 = text\n");
    for (int at = 1; at <= 101; at++) {
      text.append("a%d = $a%d\n".formatted(at, at - 1));
    }
    Configuration file = Configuration.of(MainCf.parse("main.cf", text.toString()), List.of());
    assertThat(file.expand("a99")).contains("text");
    assertThatThrownBy(() -> file.expand("a101"))
        .hasMessageContaining("unreasonable macro call nesting: ");
  }

  @Test
  void a_reader_that_goes_on_is_told_of_every_line_that_is_none() {
    var errors = new ArrayList<String>();
    MainCf file =
        MainCf.read("main.cf", "a = 1\nnonsense\nb = 2\n= 3\n", it -> errors.add(it.toString()));
    assertThat(errors)
        .containsExactly(
            "main.cf, line 2, column 9: missing '=' after attribute name: \"nonsense\","
                + " want: name = value",
            "main.cf, line 4, column 1: missing attribute name: \"= 3\", want: name = value");
    assertThat(Configuration.of(file, List.of()).names()).containsExactly("a", "b");
  }

  @Test
  void a_default_can_be_asked_for_beside_the_value_that_wins() {
    Parameter<String> banner =
        Parameter.of("banner", ParameterType.string(), "$name x", Support.OWN, "", "A banner.");
    Configuration main =
        Configuration.of(MainCf.parse("main.cf", "banner = y\nname = z\n"), List.of(banner));
    assertThat(main.expand("banner")).contains("y");
    assertThat(main.expandDefault("banner")).contains("z x");
    assertThat(main.expandDefault("name")).isEmpty();
    assertThat(main.withoutDefaults().expandDefault("banner")).isEmpty();
  }

  @Test
  void a_continuation_that_reads_like_a_setting_of_its_own_is_told() {
    MainCf file =
        MainCf.parse("main.cf", "mydestination = a\n myhostname = b\n other = c, d\n  =e\n");
    assertThat(file.likelySettings("myhostname"::equals))
        .extracting(Diagnostic::toString)
        .containsExactly(
            "main.cf, line 2, column 2: this line starts with white space and so belongs to"
                + " mydestination; want: no white space before myhostname, if it is to be set");
  }

  @Test
  void many_values_that_are_reasonable_one_by_one_are_refused_together() {
    var text = new StringBuilder("a0 = 0123456789\n");
    for (int at = 1; at <= 14; at++) {
      text.append("a%d = $a%d$a%d\n".formatted(at, at - 1, at - 1));
    }
    Configuration one = Configuration.of(MainCf.parse("main.cf", text.toString()), List.of());
    assertThat(one.expand("a14").orElseThrow()).hasSize(10 << 14);
    assertThat(one.unreasonable()).isEmpty();
    for (int at = 0; at < 80; at++) {
      text.append("b%d = $a14\n".formatted(at));
    }
    Configuration many = Configuration.of(MainCf.parse("main.cf", text.toString()), List.of());
    assertThat(many.expand("b7").orElseThrow()).hasSize(10 << 14);
    assertThat(many.unreasonable().orElseThrow().message())
        .contains("unreasonable macro expansion");
  }

  @Test
  void a_message_is_cut_and_holds_nothing_that_a_terminal_obeys() {
    Configuration file =
        Configuration.of(
            MainCf.parse("main.cf", "a = \u001b[31m${" + "x".repeat(5000) + "\n"), List.of());
    assertThat(file.malformed("a"))
        .singleElement()
        .extracting(Diagnostic::message)
        .satisfies(it -> assertThat(it).hasSizeLessThan(1100).contains("?[31m"));
  }

  @Test
  void a_long_value_that_is_read_again_and_again_is_refused() {
    String text = "a = ${x?" + "y".repeat(100_000) + "}\nb = " + "$a".repeat(1000) + "\n";
    Configuration file = Configuration.of(MainCf.parse("main.cf", text), List.of());
    assertThat(file.expand("a")).contains("");
    assertThatThrownBy(() -> file.expand("b")).hasMessageContaining("unreasonable macro expansion");
  }
}
