package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.client.TlsSession;
import dev.mailservice.smtpd.protocol.WireText;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a policy server is told of an inquiry, SMTPD_POLICY_README. */
final class PolicyRequest {
  private final StringBuilder lines = new StringBuilder();

  private PolicyRequest() {}

  /**
   * The request, ready to be sent.
   *
   * @param context {@code smtpd_policy_service_policy_context}, or the restriction's own
   * @param stress the value of {@code stress}
   */
  static String of(Inquiry inquiry, String context, String stress) {
    var request = new PolicyRequest();
    request.add("request", "smtpd_access_policy");
    request.add("protocol_state", inquiry.command());
    request.add("protocol_name", inquiry.protocol());
    request.client(inquiry.client());
    request.add("helo_name", inquiry.helo().orElse(""));
    request.add("sender", inquiry.sender().orElse(""));
    request.add("recipient", inquiry.recipient().orElse(""));
    request.add("recipient_count", String.valueOf(recipientCount(inquiry)));
    request.add("queue_id", "");
    request.add("instance", inquiry.instance());
    request.add("size", String.valueOf(inquiry.size()));
    request.add("etrn_domain", inquiry.etrnDomain().orElse(""));
    request.add("stress", stress);
    request.add("sasl_method", inquiry.login().map(Login::method).orElse(""));
    request.add("sasl_username", inquiry.login().map(Login::username).orElse(""));
    request.add("sasl_sender", "");
    request.tls(inquiry.tls());
    request.add("policy_context", context);
    request.lines.append('\n');
    return request.lines.toString();
  }

  /** Recipients count once all of them are known. */
  private static int recipientCount(Inquiry inquiry) {
    return switch (inquiry.command()) {
      case "DATA", "BDAT", "END-OF-MESSAGE" -> inquiry.recipientCount();
      default -> 0;
    };
  }

  private void client(Client client) {
    add("client_address", client.address());
    add("client_name", client.name().text());
    add("client_port", client.port());
    add("reverse_client_name", client.reverseName().text());
    add("server_address", client.serverAddress());
    add("server_port", client.serverPort());
  }

  private void tls(Optional<TlsSession> tls) {
    Function<Function<TlsSession.Certificate, String>, String> trusted =
        part ->
            tls.flatMap(TlsSession::certificate)
                .filter(TlsSession.Certificate::trusted)
                .map(part)
                .orElse("");
    add("ccert_subject", xtext(trusted.apply(TlsSession.Certificate::subjectCommonName)));
    add("ccert_issuer", xtext(trusted.apply(TlsSession.Certificate::issuerCommonName)));
    Function<Function<TlsSession.Certificate, String>, String> shown =
        part -> tls.flatMap(TlsSession::certificate).map(part).orElse("");
    add("ccert_fingerprint", shown.apply(TlsSession.Certificate::fingerprint));
    add("ccert_pubkey_fingerprint", shown.apply(TlsSession.Certificate::publicKeyFingerprint));
    add("encryption_protocol", tls.map(TlsSession::protocol).orElse(""));
    add("encryption_cipher", tls.map(TlsSession::cipher).orElse(""));
    add("encryption_keysize", tls.map(it -> String.valueOf(it.usedBits())).orElse("0"));
  }

  private void add(String name, String value) {
    lines.append(name).append('=').append(value.replaceAll("[\\r\\n\\x00]", "?")).append('\n');
  }

  /** What is not plain in a certificate's names, as SMTPD_POLICY_README has it. */
  private static String xtext(String text) {
    var out = new StringBuilder();
    for (char c : WireText.wire(text).toCharArray()) {
      out.append(
          c > ' ' && c < 127 && c != '+' && c != '='
              ? String.valueOf(c)
              : "+%02X".formatted((int) c).toUpperCase(Locale.ROOT));
    }
    return out.toString();
  }
}
