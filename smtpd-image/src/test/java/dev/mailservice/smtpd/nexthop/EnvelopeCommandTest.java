package dev.mailservice.smtpd.nexthop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.protocol.Reply;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCommandTest {
  private static Offer offer(String... keywords) {
    var lines = new java.util.ArrayList<>(List.of("next hop"));
    lines.addAll(List.of(keywords));
    return Offer.of(new Reply(250, lines));
  }

  @Test
  void a_carriage_return_within_a_command_goes_on_as_white_space() {
    assertThat(
            EnvelopeCommand.parse("RCPT TO:<\"a\rRCPT TO:<x@y.test>\r\"@b.test>\r")
                .keeping(it -> true))
        .isEqualTo("RCPT TO:<\"a RCPT TO:<x@y.test> \"@b.test>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAIL FROM:<a@b.test> SIZE=10 BODY=8BITMIME | MAIL FROM:<a@b.test>
          MAIL FROM: <a@b.test>  SIZE=10             | MAIL FROM: <a@b.test>
          mail from:<> auth=<> size=3                | mail from:<>
          MAIL FROM:<"a> SIZE=1"@b.test> SIZE=10     | MAIL FROM:<"a> SIZE=1"@b.test>
          MAIL FROM:<"a\\" SIZE=1"@b.test> SIZE=10    | MAIL FROM:<"a\\" SIZE=1"@b.test>
          MAIL FROM:a@b.test SIZE=10                 | MAIL FROM:a@b.test
          """)
  void what_only_tells_about_a_message_is_not_said_to_a_next_hop_that_does_not_know_it(
      String command, String said) {
    assertThat(EnvelopeCommand.parse(command).keeping(offer()::takes)).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAIL FROM:<a@b.test> RET=FULL ENVID=x+2By",
        "RCPT TO:<c@d.test> NOTIFY=NEVER ORCPT=rfc822;c@d.test",
        "MAIL FROM:<a@b.test> XVERP=+=",
        "MAIL FROM:<a@b.test>  FOO=BAR"
      })
  void what_asks_for_something_is_said_whether_or_not_it_is_offered(String command) {
    assertThat(EnvelopeCommand.parse(command).keeping(offer()::takes)).isEqualTo(command);
  }

  @Test
  void what_the_next_hop_offers_is_said_as_the_client_said_it() {
    String mail = "MAIL FROM:<a@b.test> size=10 BODY=8bitmime AUTH=<> RET=FULL ENVID=x+2By";
    assertThat(
            EnvelopeCommand.parse(mail)
                .keeping(offer("SIZE 100", "8bitmime", "AUTH PLAIN", "DSN")::takes))
        .isEqualTo(mail);
  }

  @Test
  void XFORWARD_attributes_are_read_from_the_offer() {
    assertThat(offer("XFORWARD name ADDR", "SIZE").forwarded()).containsOnly("NAME", "ADDR");
    assertThat(offer("SIZE").forwarded()).isEmpty();
  }

  @Property
  void a_command_whose_parameters_are_all_taken_loses_no_word(@ForAll String command) {
    String said = EnvelopeCommand.parse(command).keeping(parameter -> true);
    assertThat(said.replaceAll("[ \\t\\r]+", "")).isEqualTo(command.replaceAll("[ \\t\\r]+", ""));
  }
}
