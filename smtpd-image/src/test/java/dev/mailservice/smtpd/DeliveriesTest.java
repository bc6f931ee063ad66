package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.nexthop.ReplyTimes;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveriesTest {
  private static Delivery from(String... lines) {
    var deliveries =
        new Deliveries(
            () -> false,
            domain -> true,
            text -> {},
            text -> {},
            () -> {},
            new ReplyTimes(),
            Clock.systemUTC(),
            () -> 0);
    String mainCf = String.join("\n", lines) + "\nmyhostname = mx.test\n";
    return deliveries.from(
        Configuration.of(MainCf.parse("main.cf", mainCf), SmtpdParameters.all()));
  }

  @Test
  void a_next_hop_wins_over_a_spool_directory(@TempDir Path spool) {
    assertThat(
            from(
                    "smtpd_proxy_filter = inet:[::1]:10025",
                    "mail_spool_directory = %s/".formatted(spool))
                .description())
        .isEqualTo("proxy filter [::1]:10025");
  }

  @Test
  void a_spool_directory_that_ends_in_a_slash_has_maildirs(@TempDir Path spool) {
    assertThat(from("mail_spool_directory = %s/".formatted(spool)).description())
        .isEqualTo("maildir " + spool);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mail_spool_directory = /var/mail"})
  void with_neither_the_server_says_what_to_set(String line) {
    assertThatThrownBy(() -> from(line))
        .hasMessageStartingWith("smtpd_proxy_filter is not set: mail has nowhere to go")
        .hasMessageContaining("mail_spool_directory = /directory/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative/", "/nowhere/at/all/", "$missing/"})
  void a_spool_directory_that_cannot_be_used_is_told_at_the_start(String value) {
    assertThatThrownBy(() -> from("mail_spool_directory = " + value))
        .hasMessageContaining("mail_spool_directory = ")
        .hasMessageContaining("want: an absolute name of a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual_alias_maps", "canonical_maps", "recipient_canonical_maps"})
  void maps_of_addresses_are_refused_where_no_next_hop_maps_them(
      String parameter, @TempDir Path spool) {
    assertThatThrownBy(
            () ->
                from(
                    "mail_spool_directory = %s/".formatted(spool),
                    parameter + " = inline:{alias@example.test=user@example.test}"))
        .hasMessageStartingWith(parameter + " is for the next hop")
        .hasMessageContaining("want: it empty, or smtpd_proxy_filter = host:port");
  }

  @Test
  void an_option_that_nobody_knows_is_told_at_the_start() {
    assertThatThrownBy(
            () -> from("smtpd_proxy_filter = there:25", "smtpd_proxy_options = speed_ajust"))
        .hasMessage("smtpd_proxy_options: unknown option \"speed_ajust\", want: speed_adjust");
  }

  @Test
  void speed_adjust_may_hold_under_stress_alone(@TempDir Path queue) {
    assertThat(
            from(
                    "smtpd_proxy_filter = there:25",
                    "smtpd_proxy_options = ${stress?speed_adjust}",
                    "queue_directory = " + queue)
                .description())
        .isEqualTo("proxy filter there:25");
  }
}
