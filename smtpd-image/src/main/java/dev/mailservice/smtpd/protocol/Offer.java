package dev.mailservice.smtpd.protocol;

import java.util.List;
import java.util.Set;

/**
 * What the server offers a client at one moment of its session.
 *
 * @param discarded {@code smtpd_discard_ehlo_keywords}, or what {@code
 *     smtpd_discard_ehlo_keyword_address_maps} has for the client
 * @param startTls whether TLS can begin
 * @param tlsActive whether it has begun
 * @param mechanisms the SASL mechanisms that EHLO names; empty to name none
 * @param authenticates whether AUTH can be used, named or not
 * @param brokenAuthClients {@code broken_sasl_auth_clients}
 * @param verp whether the client is in {@code smtpd_authorized_verp_clients}
 * @param xclient whether the client is in {@code smtpd_authorized_xclient_hosts}
 * @param xforward whether it is in {@code smtpd_authorized_xforward_hosts}
 */
public record Offer(
    Set<EhloKeyword> discarded,
    boolean startTls,
    boolean tlsActive,
    List<String> mechanisms,
    boolean authenticates,
    boolean brokenAuthClients,
    boolean verp,
    boolean xclient,
    boolean xforward) {
  /** Nothing but the commands of RFC 5321 and what every client may use. */
  public static final Offer PLAIN =
      new Offer(Set.of(), false, false, List.of(), false, false, false, false, false);

  /** The lines of the reply to EHLO behind the first, in Postfix's order. */
  List<String> keywords(ProtocolSettings settings) {
    var lines = new java.util.ArrayList<String>();
    long size = settings.limits().messageSize();
    add(lines, EhloKeyword.PIPELINING, true, "PIPELINING");
    add(lines, EhloKeyword.SIZE, true, size > 0 ? "SIZE " + size : "SIZE");
    add(lines, EhloKeyword.VRFY, !settings.vrfyDisabled(), "VRFY");
    add(lines, EhloKeyword.ETRN, true, "ETRN");
    add(lines, EhloKeyword.STARTTLS, startTls && !tlsActive, "STARTTLS");
    String named = String.join(" ", mechanisms);
    add(lines, EhloKeyword.AUTH, !named.isEmpty(), "AUTH " + named);
    add(lines, EhloKeyword.AUTH, !named.isEmpty() && brokenAuthClients, "AUTH=" + named);
    add(lines, EhloKeyword.VERP, verp, "XVERP");
    add(
        lines,
        EhloKeyword.XCLIENT,
        xclient,
        "XCLIENT NAME ADDR PROTO HELO REVERSE_NAME PORT LOGIN DESTADDR DESTPORT");
    add(lines, EhloKeyword.XFORWARD, xforward, "XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT");
    add(lines, EhloKeyword.ENHANCED_STATUS_CODES, true, "ENHANCEDSTATUSCODES");
    add(lines, EhloKeyword.EIGHT_BIT_MIME, true, "8BITMIME");
    add(lines, EhloKeyword.DSN, true, "DSN");
    add(lines, EhloKeyword.SMTPUTF8, settings.envelopes().smtpUtf8(), "SMTPUTF8");
    add(lines, EhloKeyword.CHUNKING, true, "CHUNKING");
    return lines;
  }

  private void add(List<String> lines, EhloKeyword keyword, boolean offered, String line) {
    if (offered && !discarded.contains(keyword)) {
      lines.add(line);
    }
  }
}
