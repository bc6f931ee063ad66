package dev.mailservice.maincf.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Position;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MapsTest {
  private static final Position AT = new Position("main.cf", 3, 5);

  private static Loaded<Maps> open(String value) {
    return Maps.open(
        "relay_recipient_maps",
        value,
        AT,
        new Tables(
            name -> {
              throw new TableSource.Unreadable("No such file or directory");
            },
            NetworkTables.unreachable(),
            new Random(1)),
        Folding.FIXED);
  }

  @Test
  void the_first_table_that_has_the_key_answers() {
    Maps maps = open("inline:{a=1}, inline:{a=2,b=3}").value();
    assertThat(maps.find(SearchKey.whole("A"))).contains("1");
    assertThat(maps.find(SearchKey.whole("b"))).contains("3");
    assertThat(maps.find(SearchKey.whole("c"))).isEmpty();
    assertThat(maps.isEmpty()).isFalse();
    assertThat(open("").value().isEmpty()).isTrue();
  }

  @Test
  void the_first_key_that_is_found_ends_the_search() {
    Maps maps = open("inline:{ {example.com = OK} }").value();
    assertThat(maps.search(AccessKeys.domain("www.example.com", ParentDomains.BY_NAME)))
        .contains(new Maps.Hit("example.com", "OK"));
    assertThat(maps.search(AccessKeys.domain("www.example.org", ParentDomains.BY_NAME))).isEmpty();
  }

  @Test
  void tables_of_patterns_are_asked_for_whole_keys_only() {
    Maps maps = open("pcre:{ {/^example/ OK} }").value();
    assertThat(maps.find(SearchKey.whole("example.com"))).contains("OK");
    assertThat(maps.find(SearchKey.part("example.com"))).isEmpty();
  }

  @Test
  void an_empty_key_is_in_no_table() {
    assertThat(open("static:x").value().find(SearchKey.whole(""))).isEmpty();
  }

  @Test
  void an_empty_answer_is_a_failure() {
    Maps maps = open("pcre:{ {/a/} }").value();
    assertThatThrownBy(() -> maps.find(SearchKey.whole("a")))
        .isInstanceOf(LookupFailure.class)
        .hasMessageContaining("relay_recipient_maps: pcre:{ {/a/} }: lookup of a returns an empty");
  }

  @Test
  void a_table_that_fails_ends_the_search() {
    Loaded<Maps> opened = open("inline:{a=1} texthash:/gone static:x");
    assertThat(opened.diagnostics())
        .extracting(Diagnostic::toString)
        .containsExactly(
            "main.cf, line 3, column 5: relay_recipient_maps: open /gone:"
                + " No such file or directory");
    assertThat(opened.hasErrors()).isTrue();
    assertThat(opened.value().find(SearchKey.whole("a"))).contains("1");
    assertThatThrownBy(() -> opened.value().find(SearchKey.whole("b")))
        .isInstanceOf(LookupFailure.class)
        .hasMessageContaining("/gone");
  }

  @Test
  void what_is_no_table_is_an_error() {
    assertThat(open("nonsense").diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(
            "relay_recipient_maps: expecting \"type:name\" form instead of \"nonsense\"");
    assertThatThrownBy(() -> TableReference.list("a:b c:"))
        .hasMessage("expecting \"type:name\" form instead of \"c:\"");
    assertThat(TableReference.list("a:b, c:{d, e}"))
        .containsExactly(new TableReference("a", "b"), new TableReference("c", "{d, e}"));
  }

  @Test
  void case_counts_where_folding_is_off_but_not_behind_an_index() {
    var tables = new Tables(name -> "Key value\n", NetworkTables.unreachable(), new Random(1));
    LookupTable text = tables.open("texthash:/t", AT, Folding.NONE).value();
    assertThat(text.lookup("Key")).contains("value");
    assertThat(text.lookup("key")).isEmpty();
    assertThat(tables.open("hash:/t", AT, Folding.NONE).value().lookup("key")).contains("value");
  }
}
