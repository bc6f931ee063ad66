package dev.mailservice.maincf.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which access(5) tables and tables of addresses are searched. */
class KeysTest {
  private static final AddressExtension PLUS = AddressExtension.of("+");

  private static List<String> texts(List<SearchKey> keys) {
    return keys.stream().map(key -> (key.partial() ? "part " : "") + key.text()).toList();
  }

  @Test
  void a_host_is_looked_up_by_its_name_and_its_parents() {
    assertThat(texts(AccessKeys.domain("a.example.com", ParentDomains.BY_NAME)))
        .containsExactly("a.example.com", "part example.com", "part com");
    assertThat(texts(AccessKeys.domain("a.example.com", ParentDomains.BY_DOT)))
        .containsExactly("a.example.com", "part .example.com", "part .com");
  }

  @Test
  void a_name_with_a_final_dot_gives_no_empty_key() {
    assertThat(texts(AccessKeys.domain("example.com.", ParentDomains.BY_NAME)))
        .containsExactly("example.com.", "part com.");
    assertThat(AccessKeys.domain("", ParentDomains.BY_NAME)).isEmpty();
  }

  @Test
  void a_name_that_is_an_address_has_no_parents() {
    assertThat(texts(AccessKeys.domain("192.0.2.1", ParentDomains.BY_NAME)))
        .containsExactly("192.0.2.1");
  }

  @Test
  void an_address_is_looked_up_with_fewer_and_fewer_octets_or_groups() {
    assertThat(texts(AccessKeys.address("192.0.2.1")))
        .containsExactly("192.0.2.1", "part 192.0.2", "part 192.0", "part 192");
    assertThat(texts(AccessKeys.address("2001:db8::1")))
        .containsExactly("2001:db8::1", "part 2001:db8:", "part 2001:db8", "part 2001");
  }

  @Test
  void a_client_is_looked_up_by_name_and_then_by_address() {
    assertThat(texts(AccessKeys.client("a.example", "192.0.2.1", ParentDomains.BY_NAME)))
        .startsWith("a.example", "part example", "192.0.2.1", "part 192.0.2");
  }

  @Test
  void an_address_is_looked_up_whole_then_by_domain_then_by_user() {
    assertThat(texts(AccessKeys.mail("joe+x@a.example.com", PLUS, ParentDomains.BY_NAME)))
        .containsExactly(
            "joe+x@a.example.com",
            "part joe@a.example.com",
            "part a.example.com",
            "part example.com",
            "part com",
            "part joe+x@",
            "part joe@");
    assertThat(texts(AccessKeys.mail("joe@example.com", PLUS, ParentDomains.BY_DOT)))
        .containsExactly("joe@example.com", "part example.com", "part .com", "part joe@");
    assertThat(AccessKeys.mail("joe", PLUS, ParentDomains.BY_DOT)).isEmpty();
  }

  @Test
  void the_null_sender_has_a_key_of_its_own() {
    assertThat(texts(AccessKeys.nullSender("<>"))).containsExactly("<>");
  }

  @Test
  void a_recipient_of_a_local_domain_is_looked_up_by_user_alone_too() {
    assertThat(texts(AddressKeys.of("joe+x@example.com", PLUS, "example.com"::equals)))
        .containsExactly(
            "joe+x@example.com",
            "part joe@example.com",
            "part joe+x",
            "part joe",
            "part @example.com");
    assertThat(texts(AddressKeys.of("joe+x@example.org", PLUS, "example.com"::equals)))
        .containsExactly("joe+x@example.org", "part joe@example.org", "part @example.org");
    assertThat(texts(AddressKeys.of("joe+x", PLUS, domain -> true)))
        .containsExactly("joe+x", "part joe");
  }

  @Test
  void a_local_part_that_needs_quotes_is_looked_up_with_and_without_them() {
    assertThat(texts(AddressKeys.of("john doe@example.com", PLUS, domain -> true)))
        .containsExactly(
            "\"john doe\"@example.com",
            "john doe@example.com",
            "part \"john doe\"",
            "part john doe",
            "part @example.com");
    assertThat(LocalPart.quote("a.b-c")).isEqualTo("a.b-c");
    assertThat(LocalPart.quote("a..b")).isEqualTo("\"a..b\"");
    assertThat(LocalPart.quote(".a")).isEqualTo("\".a\"");
    assertThat(LocalPart.quote("a.")).isEqualTo("\"a.\"");
    assertThat(LocalPart.quote("")).isEqualTo("\"\"");
    assertThat(LocalPart.quote("a\"b\\")).isEqualTo("\"a\\\"b\\\\\"");
    assertThat(LocalPart.quote("é")).isEqualTo("é");
  }

  @Test
  void some_names_have_no_extension() {
    AddressExtension dash = AddressExtension.of("-+");
    assertThat(dash.strip("joe-x@example.com")).contains("joe@example.com");
    assertThat(dash.strip("joe+x-y")).contains("joe");
    assertThat(dash.strip("-joe@example.com")).isEmpty();
    assertThat(dash.strip("Double-Bounce@example.com")).isEmpty();
    assertThat(dash.strip("mailer-daemon@example.com")).isEmpty();
    assertThat(dash.strip("owner-list@example.com")).isEmpty();
    assertThat(dash.strip("list-request@example.com")).isEmpty();
    assertThat(new AddressExtension("-", "", false).strip("owner-list@x")).contains("owner@x");
    assertThat(AddressExtension.of("t").strip("postmaster@example.com")).isEmpty();
    assertThat(AddressExtension.of("").strip("joe+x@example.com")).isEmpty();
  }
}
