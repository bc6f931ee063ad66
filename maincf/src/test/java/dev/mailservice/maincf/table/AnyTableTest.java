package dev.mailservice.maincf.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.maincf.Position;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a table holds and whatever it is asked, it answers or says that it cannot. */
class AnyTableTest {
  private static final Position AT = new Position("main.cf", 1, 1);

  private static LookupTable open(String reference, String text) {
    return new Tables(name -> text, NetworkTables.unreachable(), new Random(1))
        .open(reference, AT, Folding.FIXED)
        .value();
  }

  private static void ask(LookupTable table, String key) {
    try {
      table.lookup(key);
    } catch (LookupFailure expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }

  @Property
  void any_file_is_read_and_any_key_is_answered(
      @ForAll("types") String type, @ForAll("texts") String text, @ForAll("texts") String key) {
    ask(open(type + ":/file", text), key);
  }

  @Property
  void any_name_is_read(@ForAll("types") String type, @ForAll("texts") String name) {
    ask(open(type + ":" + name, ""), "a");
    ask(open(type + ":{" + name + "}", ""), "a");
  }

  @Property
  void any_expression_is_compiled_or_refused(
      @ForAll boolean posix,
      @ForAll("expressions") String expression,
      @ForAll("texts") String key) {
    ask(open(posix ? "regexp:/r" : "pcre:/r", "/" + expression + "/ x\n"), key);
  }

  @Property
  void any_list_is_read_and_asked(@ForAll("texts") String value, @ForAll("texts") String name) {
    PatternList list =
        PatternList.parse(
                "mynetworks",
                value,
                AT,
                new Tables(file -> value, NetworkTables.unreachable(), new Random(1)),
                ParentDomains.BY_NAME)
            .value();
    for (Runnable question :
        List.<Runnable>of(
            () -> list.matchesName(name),
            () -> list.matchesAddress(name),
            () -> list.matchesString(name),
            () -> list.matchesClient(name, name))) {
      try {
        question.run();
      } catch (LookupFailure expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  @Example
  void tables_nested_beyond_reason_are_refused() {
    String deep = "unionmap:{".repeat(20_000) + "static:x" + "}".repeat(20_000);
    assertThatThrownBy(() -> open(deep, "").lookup("a"))
        .isInstanceOf(LookupFailure.class)
        .hasMessageContaining("nested more than 50 deep");
  }

  @Example
  void parentheses_nested_beyond_reason_are_refused() {
    for (String type : List.of("regexp", "pcre")) {
      String rule = "/" + "(".repeat(50_000) + "a" + ")".repeat(50_000) + "/ x\n";
      assertThat(open(type + ":/r", rule).lookup("a")).isEmpty();
    }
  }

  @Example
  void an_expression_that_goes_too_deep_for_a_key_fails() {
    LookupTable table = open("pcre:/r", "/^(a|b|ab)*$/ x\n");
    assertThatThrownBy(() -> table.lookup("ab".repeat(100_000))).isInstanceOf(LookupFailure.class);
  }

  @Example
  void ten_megabytes_are_read() {
    String rules = "192.0.2.1 x\n".repeat(870_000);
    assertThat(open("texthash:/t", rules).lookup("192.0.2.1")).contains("x");
    assertThat(open("cidr:/t", rules).lookup("192.0.2.1")).contains("x");
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(
        "texthash",
        "hash",
        "inline",
        "static",
        "cidr",
        "regexp",
        "pcre",
        "unionmap",
        "pipemap",
        "randmap",
        "proxy",
        "fail",
        "socketmap",
        "ldap");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("ab1.:/!{}[]()$^*+?|\\\"=, \n\t#@-i\0é\uD800\uFFFD")
        .ofMaxLength(40);
  }

  @Provide
  Arbitrary<String> expressions() {
    return Arbitraries.of(
            "a",
            "b",
            "(",
            ")",
            "(?:",
            "(?=",
            "(?<!",
            "[",
            "[^",
            "]",
            "[:alpha:]",
            "*",
            "+",
            "?",
            "{2}",
            "{1,3}",
            "{9999}",
            "|",
            "^",
            "$",
            ".",
            "\\1",
            "\\b",
            "\\d",
            "\\Q",
            "\\E",
            "\\x{61}",
            "(?i)",
            "(?-x:",
            "(?<n>",
            "\\g{-1}",
            "\\k<n>",
            "-",
            "&&",
            "\\p{L}",
            "\\",
            " ",
            "#",
            "\\071",
            "(?#")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
