package dev.mailservice.smtpd.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.HostName;
import dev.mailservice.smtpd.dns.Answer;
import dev.mailservice.smtpd.dns.RecordType;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsRestrictionsTest {
  private static final Client CLIENT =
      Client.unnamed("192.0.2.7", "1025", "127.0.0.1", "25")
          .named(HostName.of("host.client.test"), HostName.of("host.client.test"));
  private static final Answer NOBODY_KNOWS = new Answer.Unknown();

  private final RecordedLog log = new RecordedLog();

  private String answer(RestrictionsOf restrictions, Client client, String recipient) {
    return restrictions
        .session(log)
        .recipient(
            Inquiries.of(client)
                .withSender("sender@sender.test", 0, false)
                .withRecipient(recipient))
        .map(Reply::toString)
        .orElse("ok");
  }

  private String answer(RestrictionsOf restrictions) {
    return answer(restrictions, CLIENT, "user@example.test");
  }

  private static RestrictionsOf recipients(String list, String... lines) {
    return new RestrictionsOf(
        "smtpd_relay_restrictions = reject_unauth_destination\nmydestination = example.test\n"
            + "smtpd_recipient_restrictions = %s\n".formatted(list)
            + String.join("\n", lines)
            + "\n");
  }

  private static Answer found(String... values) {
    return new Answer.Found(List.of(values));
  }

  @Test
  void a_client_on_a_block_list_is_told_which_and_why() {
    var restrictions =
        recipients("reject_rbl_client bl.test")
            .answer("7.2.0.192.bl.test", RecordType.A, found("127.0.0.2"))
            .answer("7.2.0.192.bl.test", RecordType.TXT, found("see https://bl.test/7"));
    assertThat(answer(restrictions))
        .isEqualTo(
            "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.test;"
                + " see https://bl.test/7");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, true",
    "127.0.0.[2;4..11], true",
    "127.0.0.[4..11], false",
    "127.0.[0..1].2, true",
    "127.0.0.3, false",
  })
  void only_the_answers_that_count_refuse(String filter, boolean refuses) {
    var restrictions =
        recipients("reject_rbl_client bl.test=" + filter)
            .answer("7.2.0.192.bl.test", RecordType.A, found("127.0.0.2"));
    assertThat(!answer(restrictions).equals("ok")).isEqualTo(refuses);
  }

  @Test
  void a_block_list_that_does_not_answer_refuses_nobody_and_is_a_warning() {
    var restrictions =
        recipients("reject_rbl_client bl.test")
            .answer("7.2.0.192.bl.test", RecordType.A, NOBODY_KNOWS);
    assertThat(answer(restrictions)).isEqualTo("ok");
    assertThat(log.warnings())
        .containsExactly(
            "7.2.0.192.bl.test: RBL lookup error: Host or domain name not found. Name service error for name=7.2.0.192.bl.test type=A: Host not found, try again");
  }

  @Test
  void an_IPv6_client_is_looked_up_by_its_nibbles() {
    var client = Client.unnamed("2001:db8::1", "1025", "::1", "25");
    var restrictions =
        recipients("reject_rbl_client bl.test")
            .answer(
                "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.test",
                RecordType.A,
                found("127.0.0.2"));
    assertThat(answer(restrictions, client, "user@example.test"))
        .contains("[2001:db8::1] blocked using bl.test");
  }

  @Test
  void a_template_of_a_list_goes_before_the_default_and_its_values_are_filtered() {
    var restrictions =
        recipients(
                "reject_rbl_client bl.test",
                "rbl_reply_maps = inline:{ { bl.test = $$rbl_code 4.7.9 no, $$client_name:"
                    + " $${rbl_reason?$$rbl_reason}$${rbl_reason:none} } }")
            .answer("7.2.0.192.bl.test", RecordType.A, found("127.0.0.2"))
            .answer("7.2.0.192.bl.test", RecordType.TXT, found("a\u0001b"));
    assertThat(answer(restrictions)).isEqualTo("554 5.7.9 no, host.client.test: a_b");
  }

  @Test
  void domains_of_senders_clients_and_HELO_names_are_looked_up() {
    for (String name :
        List.of("sender.test.bl.test", "host.client.test.bl.test", "client.test.bl.test")) {
      var restrictions =
          recipients(
                  "reject_rhsbl_sender bl.test, reject_rhsbl_client bl.test,"
                      + " reject_rhsbl_helo bl.test")
              .answer(name, RecordType.A, found("127.0.0.2"));
      assertThat(answer(restrictions)).as(name).startsWith("554 5.7.1 Service unavailable; ");
    }
  }

  @Test
  void an_allow_list_lets_through_but_makes_no_open_relay() {
    var restrictions =
        recipients("permit_dnswl_client wl.test, reject")
            .answer("7.2.0.192.wl.test", RecordType.A, found("127.0.0.1"));
    assertThat(answer(restrictions)).isEqualTo("ok");
    var relaying =
        recipients(
                "permit_dnswl_client wl.test, reject_unauth_destination",
                "smtpd_relay_restrictions =")
            .answer("7.2.0.192.wl.test", RecordType.A, found("127.0.0.1"));
    assertThat(answer(relaying, CLIENT, "user@elsewhere.test"))
        .isEqualTo("554 5.7.1 <user@elsewhere.test>: Relay access denied");
  }

  @Test
  void a_domain_that_does_not_exist_is_refused_and_one_that_nobody_knows_is_put_off() {
    assertThat(answer(recipients("reject_unknown_sender_domain")))
        .isEqualTo("450 4.1.8 <sender@sender.test>: Sender address rejected: Domain not found");
    assertThat(answer(unknownSender("reject_unknown_sender_domain, reject")))
        .as("what is refused anyway is refused for good")
        .startsWith("554 5.7.1 ");
    assertThat(answer(unknownSender("reject_unknown_sender_domain")))
        .isEqualTo("450 4.1.8 <sender@sender.test>: Sender address rejected: Domain not found");
    assertThat(
            answer(
                unknownSender("reject_unknown_sender_domain")
                    .answer("sender.test", RecordType.A, found("192.0.2.1"))))
        .isEqualTo("ok");
  }

  private static RestrictionsOf unknownSender(String list) {
    return recipients(list)
        .answer("sender.test", RecordType.MX, NOBODY_KNOWS)
        .answer("sender.test", RecordType.A, NOBODY_KNOWS)
        .answer("sender.test", RecordType.AAAA, NOBODY_KNOWS);
  }

  @Test
  void a_domain_that_takes_no_mail_is_no_sender() {
    assertThat(
            answer(
                recipients("reject_unknown_sender_domain")
                    .answer("sender.test", RecordType.MX, found(""))))
        .isEqualTo(
            "550 5.7.27 <sender@sender.test>: Sender address rejected:"
                + " Domain sender.test does not accept mail (nullMX)");
  }

  @Test
  void a_table_is_asked_about_the_mail_exchangers_of_a_sender() {
    var restrictions =
        recipients("check_sender_mx_access cidr:{ { 127.0.0.0/8 REJECT loopback } }")
            .answer("sender.test", RecordType.MX, found("mx.sender.test"))
            .answer("mx.sender.test", RecordType.A, found("127.0.0.1"));
    assertThat(answer(restrictions))
        .isEqualTo("554 5.7.1 <sender@sender.test>: Sender address rejected: loopback");
  }

  @Test
  void a_table_may_not_let_through_who_chooses_its_servers_himself() {
    var restrictions =
        recipients("check_sender_ns_access inline:{ { ns.test = OK } }")
            .answer("sender.test", RecordType.NS, found("ns.test"));
    assertThat(answer(restrictions)).isEqualTo("451 4.3.5 Server configuration error");
    assertThat(log.warnings()).anyMatch(it -> it.contains("use DUNNO instead of OK"));
  }
}
