package dev.mailservice.smtpd.delivery;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.Login;
import java.util.Optional;

/**
 * Whose mail it is, for XFORWARD and trace headers.
 *
 * @param client where it comes from; what XFORWARD told this server stands in it already
 * @param helo the argument of HELO or EHLO; empty if there was none
 * @param protocol {@code SMTP} or {@code ESMTP}
 * @param ident the message's name upstream; empty if there is none
 * @param domain {@code LOCAL} or {@code REMOTE}, XFORWARD's SOURCE; empty if not known
 * @param login who logged in
 */
public record Origin(
    Client client,
    String helo,
    String protocol,
    String ident,
    String domain,
    Optional<Login> login) {}
