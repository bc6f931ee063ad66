package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.client.TlsSession;
import java.util.Optional;

/**
 * What restrictions look at: the session as it stands when they are asked.
 *
 * @param command the command that asks, as logs name it: {@code CONNECT}, {@code HELO}, {@code
 *     EHLO}, {@code MAIL}, {@code RCPT}, {@code DATA}, {@code BDAT}, {@code END-OF-MESSAGE}, {@code
 *     ETRN}, {@code VRFY}
 * @param protocol {@code SMTP} or {@code ESMTP}
 * @param client who asks
 * @param helo the argument of HELO or EHLO
 * @param sender the reverse path without angle brackets; present and empty for the null sender
 * @param recipient the forward path in question, without angle brackets
 * @param etrnDomain the argument of ETRN
 * @param recipientCount how many recipients have been accepted
 * @param size what MAIL declared or, behind the message, what it was; bytes, 0 if not known
 * @param instance one name for all questions about one message, the policy protocol's {@code
 *     instance}
 * @param tls the TLS session, if there is one
 * @param login who has logged in
 * @param pipelined whether the client has sent more before it was told the answer
 * @param smtpUtf8 whether MAIL asked for SMTPUTF8
 */
public record Inquiry(
    String command,
    String protocol,
    Client client,
    Optional<String> helo,
    Optional<String> sender,
    Optional<String> recipient,
    Optional<String> etrnDomain,
    int recipientCount,
    long size,
    String instance,
    Optional<TlsSession> tls,
    Optional<Login> login,
    boolean pipelined,
    boolean smtpUtf8) {
  /** The same with the argument of HELO or EHLO that is in question. */
  public Inquiry withHelo(String name) {
    return with(Optional.of(name), sender, recipient, etrnDomain, size, smtpUtf8);
  }

  /** The same with the sender that is in question, and what MAIL declared beside it. */
  public Inquiry withSender(String address, long declaredSize, boolean unicode) {
    return with(helo, Optional.of(address), recipient, etrnDomain, declaredSize, unicode);
  }

  /** The same with the recipient that is in question. */
  public Inquiry withRecipient(String address) {
    return with(helo, sender, Optional.of(address), etrnDomain, size, smtpUtf8);
  }

  /** The same with the domain of ETRN. */
  public Inquiry withEtrnDomain(String domain) {
    return with(helo, sender, recipient, Optional.of(domain), size, smtpUtf8);
  }

  /** The same with a size in bytes. */
  public Inquiry withSize(long bytes) {
    return with(helo, sender, recipient, etrnDomain, bytes, smtpUtf8);
  }

  /** The same for another command. */
  public Inquiry withCommand(String name) {
    return new Inquiry(
        name,
        protocol,
        client,
        helo,
        sender,
        recipient,
        etrnDomain,
        recipientCount,
        size,
        instance,
        tls,
        login,
        pipelined,
        smtpUtf8);
  }

  private Inquiry with(
      Optional<String> itsHelo,
      Optional<String> itsSender,
      Optional<String> itsRecipient,
      Optional<String> itsEtrnDomain,
      long itsSize,
      boolean itsSmtpUtf8) {
    return new Inquiry(
        command,
        protocol,
        client,
        itsHelo,
        itsSender,
        itsRecipient,
        itsEtrnDomain,
        recipientCount,
        itsSize,
        instance,
        tls,
        login,
        pipelined,
        itsSmtpUtf8);
  }
}
