package dev.mailservice.smtpd.trace;

import dev.mailservice.maincf.table.LocalPart;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.client.TlsSession;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The Received header of a message, RFC 5321 section 4.4, in the form that Postfix's smtpd(8) gives
 * it. This server has no queue, hence no id, as Postfix writes none before a proxy filter. Every
 * char is a byte.
 *
 * @param client the one that is connected, or whom XCLIENT named; never XFORWARD's
 * @param helo the argument of HELO or EHLO; empty if there was none
 * @param protocol {@code SMTP} or {@code ESMTP}
 * @param smtpUtf8 whether MAIL had SMTPUTF8
 * @param recipients those accepted, without angle brackets and quotes; a header names one alone
 * @param arrival when MAIL was accepted
 */
public record Received(
    Client client,
    Optional<TlsSession> tls,
    Optional<Login> login,
    String helo,
    String protocol,
    boolean smtpUtf8,
    List<String> recipients,
    ZonedDateTime arrival) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, ppd MMM yyyy HH:mm:ss xx", Locale.ENGLISH);
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

  /**
   * What a header shows of the server.
   *
   * @param hostname {@code myhostname}
   * @param mailName {@code mail_name}
   * @param showsTls {@code smtpd_tls_received_header}
   * @param asksCertificate {@code smtpd_tls_ask_ccert}
   * @param showsLogin {@code smtpd_sasl_authenticated_header}
   */
  public record Style(
      String hostname,
      String mailName,
      boolean showsTls,
      boolean asksCertificate,
      boolean showsLogin) {}

  /** The header's lines, without line ends. */
  public List<String> lines(Style style) {
    var lines = new ArrayList<String>();
    String name = client.name().text();
    lines.add(
        "Received: from %s (%s [%s])"
            .formatted(helo.isEmpty() ? name : helo, name, client.addressLiteral()));
    tls.filter(it -> style.showsTls())
        .ifPresent(it -> lines.addAll(tlsLines(it, style.asksCertificate())));
    login
        .filter(it -> style.showsLogin())
        .ifPresent(
            it -> lines.add("\t(Authenticated sender: %s)".formatted(comment(it.username()))));
    String by =
        "\tby %s (%s) with %s".formatted(style.hostname(), style.mailName(), transmissionType());
    if (recipients.size() == 1) {
      lines.add(by);
      lines.add("\tfor <%s>; %s".formatted(LocalPart.quoteAddress(recipients.getFirst()), date()));
    } else {
      lines.add(by + ";");
      lines.add("\t" + date());
    }
    return lines;
  }

  /** RFC 3848, which is for ESMTP alone, and RFC 6531 section 4.3. */
  private String transmissionType() {
    String name = smtpUtf8 ? "UTF8SMTP" : protocol;
    return protocol.equals("ESMTP")
        ? name + (tls.isPresent() ? "S" : "") + (login.isPresent() ? "A" : "")
        : name;
  }

  private static List<String> tlsLines(TlsSession tls, boolean asksCertificate) {
    var lines = new ArrayList<String>();
    lines.add("\t(using " + tls.summary());
    tls.keyExchange().ifPresent(it -> it.lines().forEach(line -> lines.add("\t " + line)));
    lines.add(lines.removeLast() + ")");
    lines.add(
        tls.certificate()
            .map(Received::certificateLine)
            .orElse(
                asksCertificate
                    ? "\t(Client did not present a certificate)"
                    : "\t(No client certificate requested)"));
    return lines;
  }

  private static String certificateLine(TlsSession.Certificate certificate) {
    return "\t(Client CN \"%s\", Issuer \"%s\" (%s))"
        .formatted(
            comment(certificate.subjectCommonName()),
            comment(certificate.issuerCommonName()),
            certificate.trusted() ? "verified OK" : "not verified");
  }

  /** What others have chosen, made harmless within a comment: comment_sanitize() of smtpd.c. */
  private static String comment(String text) {
    var harmless = new StringBuilder(text.length());
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean harms = c < ' ' || c > '~' || c == '\\' || (c == ')' && open == 0);
      if (c == '(') {
        open++;
      } else if (c == ')' && open > 0) {
        open--;
      }
      harmless.append(harms ? '?' : c);
    }
    return harmless.append(")".repeat(open)).toString();
  }

  /** As Postfix's mail_date(3): the day of the month is padded with a space. */
  private String date() {
    String zone = arrival.getZone().equals(ZoneOffset.UTC) ? "UTC" : ZONE.format(arrival);
    return "%s (%s)".formatted(DATE.format(arrival), zone);
  }
}
