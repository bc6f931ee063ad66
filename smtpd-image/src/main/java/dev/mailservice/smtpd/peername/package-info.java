/**
 * What a client is called: {@code smtpd_peername_lookup}, as Postfix's smtpd_peer.c has it. Asks
 * the hosts file first and the Domain Name System then, as getnameinfo(3) does. Called by {@code
 * session} for each new client; depends on {@code client}, {@code dns} and {@code protocol}.
 */
@NullMarked
package dev.mailservice.smtpd.peername;

import org.jspecify.annotations.NullMarked;
