package dev.mailservice.smtpd.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientRestrictionsTest {
  private static final String STRANGER = "203.0.113.5";
  private static final String LOCAL = "127.0.0.1";

  private final Map<String, String> main =
      new HashMap<>(
          Map.of(
              "smtpd_relay_restrictions", "permit_mynetworks reject_unauth_destination",
              "recipient_delimiter", "+",
              "unknown_relay_recipient_reject_code", "450",
              "local_recipient_maps", "",
              "myorigin", "example.test",
              "mynetworks", "127.0.0.0/8 [::1]/128",
              "mydestination", "example.test",
              "relay_domains", "relayed.test"));

  private RecipientRestrictionsTest set(String parameter, String value) {
    main.put(parameter, value);
    return this;
  }

  private String value(String parameter) {
    return main.getOrDefault(parameter, "");
  }

  private final RecordedLog log = new RecordedLog();

  private Optional<String> refusal(String client, String recipient) {
    return refusal(Inquiries.of(Client.unnamed(client, "1025", "127.0.0.1", "25")), recipient);
  }

  private Optional<String> refusal(Inquiry inquiry, String recipient) {
    String mainCf =
        main.entrySet().stream()
            .map(it -> "%s = %s\n".formatted(it.getKey(), it.getValue()))
            .collect(Collectors.joining());
    return new RestrictionsOf(mainCf)
        .session(log)
        .recipient(inquiry.withSender("sender@client.test", 0, false).withRecipient(recipient))
        .map(Reply::toString);
  }

  /** The reply; {@code ok} if the recipient is taken. */
  private String answer(String client, String recipient) {
    return refusal(client, recipient).orElse("ok");
  }

  @Test
  void a_client_of_mynetworks_may_send_to_anybody() {
    assertThat(answer(LOCAL, "a@elsewhere.test")).isEqualTo("ok");
    assertThat(answer("::1", "a@elsewhere.test")).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({
    "a@Example.Test, ok",
    "a@example.test., ok",
    "a@sub.relayed.test, ok",
    "a@sub.example.test, 554 5.7.1 <a@sub.example.test>: Relay access denied",
    "a@elsewhere.test, 554 5.7.1 <a@elsewhere.test>: Relay access denied",
    "a@notrelayed.test, 554 5.7.1 <a@notrelayed.test>: Relay access denied",
    "a%b@example.test, 554 5.7.1 <a%b@example.test>: Relay access denied",
  })
  void a_stranger_may_send_to_our_domains_alone(String recipient, String answer) {
    assertThat(answer(STRANGER, recipient)).isEqualTo(answer);
  }

  @Test
  void the_default_of_Postfix_defers() {
    set(
        "smtpd_relay_restrictions",
        "permit_mynetworks permit_sasl_authenticated defer_unauth_destination");
    assertThat(answer(STRANGER, "a@elsewhere.test")).startsWith("454 4.7.1 ");
  }

  @ParameterizedTest
  @CsvSource({
    "permit_tls_clientcerts, AB:CD, true",
    "permit_tls_clientcerts, EF:01, true",
    "permit_tls_clientcerts, ab:cd, false",
    "check_ccert_access $relay_clientcerts, AB:CD, true",
    "check_ccert_access $relay_clientcerts, EF:01, true",
    "check_ccert_access $relay_clientcerts, ab:cd, false",
  })
  void tables_are_asked_about_fingerprints_in_capitals(
      String restriction, String pattern, boolean permitted) {
    // The flag has the pattern of a pcre table mind the case.
    set("relay_clientcerts", "pcre:{ { /%s/i permit } }".formatted(pattern));
    set("smtpd_relay_restrictions", restriction + ", reject_unauth_destination");
    Client client = Client.unnamed(STRANGER, "1025", "127.0.0.1", "25");
    assertThat(refusal(Inquiries.showing("AB:CD", "EF:01", client), "a@elsewhere.test").isEmpty())
        .isEqualTo(permitted);
  }

  @Test
  void reject_refuses_whoever_is_left_but_the_postmaster() {
    set("smtpd_relay_restrictions", "permit_mynetworks reject");
    assertThat(answer(STRANGER, "a@example.test")).startsWith("554 5.7.1 ");
    assertThat(answer(STRANGER, "Postmaster")).isEqualTo("ok");
  }

  @Test
  void networks_may_be_excluded_and_stand_in_tables() {
    set("mynetworks", "!127.0.0.9, cidr:{ {127.0.0.0/8 yes} {2001:db8::/32 yes} }");
    assertThat(answer(LOCAL, "a@elsewhere.test")).isEqualTo("ok");
    assertThat(answer("127.0.0.9", "a@elsewhere.test")).contains("Relay access denied");
    assertThat(answer("2001:db8::5", "a@elsewhere.test")).isEqualTo("ok");
    assertThat(answer(STRANGER, "a@elsewhere.test")).contains("Relay access denied");
  }

  @Test
  void only_relay_domains_stand_for_their_subdomains() {
    set("mydestination", ".example.test").set("relay_domains", "inline:{ relayed.test=yes }");
    assertThat(answer(STRANGER, "a@sub.example.test")).contains("Relay access denied");
    assertThat(answer(STRANGER, "a@sub.relayed.test")).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mynetworks", "mydestination", "relay_domains", "virtual_alias_domains"})
  void a_list_that_cannot_answer_is_a_temporary_failure_with_a_warning(String parameter) {
    Optional<String> refusal = set(parameter, "fail:test").refusal(STRANGER, "a@elsewhere.test");
    assertThat(refusal).contains("451 4.3.0 <a@elsewhere.test>: Temporary lookup failure");
    assertThat(log.warnings())
        .contains(parameter + ": table lookup problem: fail:test: this table always fails");
  }

  @Test
  void a_word_that_matches_before_the_table_that_fails_is_an_answer() {
    set("relay_domains", "relayed.test fail:test");
    assertThat(answer(STRANGER, "a@relayed.test")).isEqualTo("ok");
    assertThat(answer(STRANGER, "a@elsewhere.test")).startsWith("451 4.3.0 ");
  }

  @ParameterizedTest
  @CsvSource({
    "joe@relayed.test, ok",
    "JOE@Relayed.Test, ok",
    "joe+tag@relayed.test, ok",
    "anybody@all.relayed.test, ok",
    "jim@relayed.test, 450 4.1.1 <jim@relayed.test>: Recipient address rejected: User unknown in"
        + " relay recipient table",
    "jim@example.test, ok",
  })
  void a_recipient_that_a_relay_domain_does_not_have_is_refused(String recipient, String answer) {
    set("relay_recipient_maps", "inline:{ joe@relayed.test=x, @all.relayed.test=x }");
    assertThat(answer(STRANGER, recipient)).isEqualTo(answer);
  }

  @Test
  void a_client_that_may_relay_is_told_about_unknown_recipients_as_well() {
    set("relay_recipient_maps", "inline:{ joe@relayed.test=x }");
    assertThat(answer(LOCAL, "jim@relayed.test")).startsWith("450 4.1.1 ");
    assertThat(answer(LOCAL, "jim@elsewhere.test")).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({
    "joe@example.test, ok",
    "joe, ok",
    "joe+tag@example.test, ok",
    "postmaster@example.test, ok",
    "MAILER-DAEMON@example.test, ok",
    "double-bounce@example.test, ok",
    "jim@example.test, 550 5.1.1 <jim@example.test>: Recipient address rejected: User unknown in"
        + " local recipient table",
    "jim, 550 5.1.1 <jim>: Recipient address rejected: User unknown in local recipient table",
  })
  void local_recipients_may_be_listed_without_their_domain(String recipient, String answer) {
    set("local_recipient_maps", "inline:{ joe=x }");
    assertThat(answer(STRANGER, recipient)).isEqualTo(answer);
  }

  @Test
  void every_address_of_an_alias_domain_is_in_the_alias_maps() {
    set("virtual_alias_maps", "inline:{ alias.test=x, joe@alias.test=y }")
        .set("virtual_alias_domains", value("virtual_alias_maps"));
    assertThat(answer(STRANGER, "joe@alias.test")).isEqualTo("ok");
    assertThat(answer(STRANGER, "jim@alias.test"))
        .isEqualTo(
            "550 5.1.1 <jim@alias.test>: Recipient address rejected: User unknown in virtual alias"
                + " table");
  }

  @Test
  void an_alias_in_another_domain_is_known_there() {
    set("relay_recipient_maps", "inline:{ joe@relayed.test=x }")
        .set("virtual_alias_maps", "inline:{ sales@relayed.test=joe@relayed.test }");
    assertThat(answer(STRANGER, "sales@relayed.test")).isEqualTo("ok");
  }

  @Test
  void a_mailbox_domain_has_the_mailboxes_of_its_maps() {
    set("virtual_mailbox_domains", "box.test")
        .set("virtual_mailbox_maps", "inline:{ joe@box.test=x }");
    assertThat(answer(STRANGER, "joe@box.test")).isEqualTo("ok");
    assertThat(answer(STRANGER, "jim@box.test")).endsWith("User unknown in virtual mailbox table");
  }

  @Test
  void tables_of_recipients_that_cannot_answer_are_a_temporary_failure() {
    Optional<String> refusal =
        set("relay_recipient_maps", "fail:test").refusal(STRANGER, "a@relayed.test");
    assertThat(refusal).contains("451 4.3.0 <a@relayed.test>: Temporary lookup failure");
    assertThat(log.warnings())
        .contains(
            "relay_recipient_maps lookup error for \"a@relayed.test\": fail:test: this table"
                + " always fails");
  }

  @Test
  void a_reject_code_that_refuses_nothing_is_refused() {
    set("unknown_relay_recipient_reject_code", "250");
    assertThatThrownBy(() -> refusal(STRANGER, "a@relayed.test"))
        .hasMessageContaining("relay_recipient_maps: 250 is no SMTP code of a refusal");
  }
}
