package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.TlsSession;
import dev.mailservice.smtpd.protocol.Greeting;
import dev.mailservice.smtpd.protocol.Step;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The Received header, RFC 5321 section 4.4, in Postfix's form; it has no queue, hence no id. */
final class TraceHeader {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private TraceHeader() {}

  /** The header's lines, without line ends. */
  static List<String> received(
      SessionIdentity identity,
      Greeting greeting,
      SmtpdSettings settings,
      Step.Envelope envelope,
      ZonedDateTime now) {
    Client client = identity.client();
    String helo = greeting.name().isEmpty() ? client.name().text() : greeting.name();
    var lines = new ArrayList<String>();
    lines.add(
        "Received: from %s (%s [%s])"
            .formatted(helo, client.name().text(), client.addressLiteral()));
    if (settings.trace().showsTls()) {
      identity.tls().ifPresent(it -> lines.addAll(tls(it, settings.trace().asksCertificate())));
    }
    if (settings.trace().showsLogin()) {
      identity
          .login()
          .ifPresent(it -> lines.add("\t(Authenticated sender: %s)".formatted(it.username())));
    }
    String by =
        "\tby %s (%s) with %s"
            .formatted(
                settings.protocol().hostname(),
                settings.mailName(),
                protocol(identity, greeting, envelope));
    if (envelope.recipients().size() == 1) {
      lines.add(by);
      lines.add("\tfor <%s>; %s".formatted(envelope.recipients().getFirst(), date(now)));
    } else {
      lines.add(by + "; " + date(now));
    }
    return lines;
  }

  /** RFC 3848, and RFC 6531 section 4.3. */
  private static String protocol(
      SessionIdentity identity, Greeting greeting, Step.Envelope envelope) {
    String name = envelope.smtpUtf8() ? "UTF8SMTP" : greeting.protocol();
    if (!greeting.extended()) {
      return name;
    }
    return name
        + (identity.tls().isPresent() ? "S" : "")
        + (identity.login().isPresent() ? "A" : "");
  }

  private static List<String> tls(TlsSession tls, boolean asksCertificate) {
    String using =
        "\t(using %s with cipher %s (%d/%d bits)"
            .formatted(tls.protocol(), tls.cipher(), tls.usedBits(), tls.algorithmBits());
    var lines = new ArrayList<String>();
    if (tls.keyExchange().isEmpty()) {
      lines.add(using + ")");
    } else {
      lines.add(using);
      lines.add("\t key-exchange %s)".formatted(tls.keyExchange()));
    }
    lines.add(
        tls.certificate()
            .map(
                it ->
                    "\t(Client CN \"%s\", Issuer \"%s\" (%s))"
                        .formatted(
                            it.subjectCommonName(),
                            it.issuerCommonName(),
                            it.trusted() ? "verified OK" : "not verified"))
            .orElse(
                asksCertificate
                    ? "\t(Client did not present a certificate)"
                    : "\t(No client certificate requested)"));
    return lines;
  }

  private static String date(ZonedDateTime now) {
    String zone = now.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    return "%s (%s)".formatted(DATE.format(now), zone.equals("Z") ? "UTC" : zone);
  }
}
