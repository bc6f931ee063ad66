package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.anvil.Anvil;
import dev.mailservice.smtpd.dns.DnsJavaResolver;
import dev.mailservice.smtpd.peername.HostsFile;

/**
 * What the server knows of clients beyond one session.
 *
 * @param dns asks the Domain Name System
 * @param hosts the names that need no question
 * @param anvil counts what clients do
 * @param slots how many sessions there may be at once
 * @param lingering how many connections of clients that have been hung up on, besides
 */
public record ClientCare(
    DnsJavaResolver dns, HostsFile hosts, Anvil anvil, int slots, int lingering) {}
