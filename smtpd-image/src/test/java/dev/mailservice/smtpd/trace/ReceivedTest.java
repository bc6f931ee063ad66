package dev.mailservice.smtpd.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.HostName;
import dev.mailservice.smtpd.client.KeyExchange;
import dev.mailservice.smtpd.client.KeyExchange.Signature;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.client.TlsSession;
import dev.mailservice.smtpd.client.TlsSession.Certificate;
import dev.mailservice.smtpd.trace.Received.Style;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReceivedTest {
  private static final Style STYLE = new Style("mx.example.test", "Postfix", true, false, true);
  private static final Client CLIENT =
      Client.unnamed("192.0.2.1", "4711", "192.0.2.25", "25")
          .named(HostName.of("mail.client.test"), HostName.of("mail.client.test"));
  private static final ZonedDateTime ARRIVAL =
      ZonedDateTime.of(2026, 11, 4, 5, 6, 7, 0, ZoneOffset.UTC);
  private static final Signature ECDSA = new Signature("ECDSA (prime256v1)", "SHA256");
  private static final KeyExchange KEYS =
      new KeyExchange("X25519", Optional.of(ECDSA), Optional.of(ECDSA));
  private static final TlsSession TLS =
      new TlsSession(
          "TLSv1.3", "TLS_AES_256_GCM_SHA384", 256, 256, Optional.of(KEYS), Optional.empty());
  private static final Optional<Login> NOBODY = Optional.empty();

  private static Received received(
      Client client, Optional<TlsSession> tls, Optional<Login> login, List<String> recipients) {
    return new Received(client, tls, login, "helo.test", "ESMTP", false, recipients, ARRIVAL);
  }

  private static Received received(Optional<TlsSession> tls, Optional<Login> login) {
    return received(CLIENT, tls, login, List.of("user@example.test"));
  }

  @Test
  void one_recipient_is_named() {
    assertThat(received(Optional.empty(), NOBODY).lines(STYLE))
        .containsExactly(
            "Received: from helo.test (mail.client.test [192.0.2.1])",
            "\tby mx.example.test (Postfix) with ESMTP",
            "\tfor <user@example.test>; Wed,  4 Nov 2026 05:06:07 +0000 (UTC)");
  }

  @Test
  void several_recipients_learn_nothing_of_each_other() {
    assertThat(
            received(CLIENT, Optional.empty(), NOBODY, List.of("a@b.test", "c@d.test"))
                .lines(STYLE))
        .containsExactly(
            "Received: from helo.test (mail.client.test [192.0.2.1])",
            "\tby mx.example.test (Postfix) with ESMTP;",
            "\tWed,  4 Nov 2026 05:06:07 +0000 (UTC)");
  }

  @Test
  void a_client_without_greeting_is_called_by_its_name_and_an_IPv6_address_has_its_prefix() {
    var header =
        new Received(
            Client.unnamed("2001:db8::1", "1", "2001:db8::25", "25"),
            Optional.empty(),
            NOBODY,
            "",
            "SMTP",
            false,
            List.of("user@example.test"),
            ARRIVAL);
    assertThat(header.lines(STYLE))
        .startsWith(
            "Received: from unknown (unknown [IPv6:2001:db8::1])",
            "\tby mx.example.test (Postfix) with SMTP");
  }

  @Test
  void TLS_and_login_are_told_in_Postfixs_words() {
    assertThat(received(Optional.of(TLS), Optional.of(new Login("PLAIN", "joe"))).lines(STYLE))
        .containsExactly(
            "Received: from helo.test (mail.client.test [192.0.2.1])",
            "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
            "\t key-exchange X25519 server-signature ECDSA (prime256v1) server-digest SHA256",
            "\t client-signature ECDSA (prime256v1) client-digest SHA256)",
            "\t(No client certificate requested)",
            "\t(Authenticated sender: joe)",
            "\tby mx.example.test (Postfix) with ESMTPSA",
            "\tfor <user@example.test>; Wed,  4 Nov 2026 05:06:07 +0000 (UTC)");
  }

  @Test
  void a_style_without_TLS_and_login_shows_them_in_the_protocol_alone() {
    var style = new Style("mx.example.test", "Postfix", false, false, false);
    assertThat(received(Optional.of(TLS), Optional.of(new Login("PLAIN", "joe"))).lines(style))
        .hasSize(3)
        .contains("\tby mx.example.test (Postfix) with ESMTPSA");
  }

  @Test
  void a_certificate_is_told_with_what_is_thought_of_it() {
    var asking = new Style("mx.example.test", "Postfix", true, true, true);
    var tls =
        new TlsSession(
            "TLSv1.2",
            "AES128-SHA",
            128,
            128,
            Optional.empty(),
            Optional.of(new Certificate("joe (his)", "a) \\ CA", "", "", false)));
    assertThat(received(Optional.of(tls), NOBODY).lines(asking))
        .contains(
            "\t(using TLSv1.2 with cipher AES128-SHA (128/128 bits))",
            "\t(Client CN \"joe (his)\", Issuer \"a? ? CA\" (not verified))");
    assertThat(received(Optional.of(TLS), NOBODY).lines(asking))
        .contains("\t(Client did not present a certificate)");
  }

  @Test
  void SMTPUTF8_has_its_own_protocol_names() {
    var header =
        new Received(
            CLIENT,
            Optional.of(TLS),
            NOBODY,
            "helo.test",
            "ESMTP",
            true,
            List.of("user@example.test"),
            ARRIVAL);
    assertThat(header.lines(STYLE)).contains("\tby mx.example.test (Postfix) with UTF8SMTPS");
  }

  @Test
  void a_recipient_is_quoted_where_it_has_to_be() {
    assertThat(received(CLIENT, Optional.empty(), NOBODY, List.of("two words@b.test")).lines(STYLE))
        .anyMatch(it -> it.startsWith("\tfor <\"two words\"@b.test>; "));
  }

  @Test
  void the_date_has_the_zone_of_the_day() {
    ZonedDateTime summer = ZonedDateTime.of(2026, 7, 14, 5, 6, 7, 0, ZoneId.of("Europe/Berlin"));
    var header =
        new Received(
            CLIENT, Optional.empty(), NOBODY, "h", "ESMTP", false, List.of("a@b.test"), summer);
    assertThat(header.lines(STYLE).getLast()).endsWith("; Tue, 14 Jul 2026 05:06:07 +0200 (CEST)");
  }

  @Property
  void whatever_somebody_is_called_the_comment_ends_where_it_should(@ForAll String username) {
    String line =
        received(Optional.empty(), Optional.of(new Login("PLAIN", username))).lines(STYLE).get(1);
    assertThat(line).matches("\t\\(Authenticated sender: [ -~]*\\)").doesNotContain("\\");
    int open = 0;
    for (int i = 1; i < line.length(); i++) {
      open += line.charAt(i) == '(' ? 1 : line.charAt(i) == ')' ? -1 : 0;
      assertThat(open).as(line).isEqualTo(i == line.length() - 1 ? 0 : Math.max(1, open));
    }
  }
}
