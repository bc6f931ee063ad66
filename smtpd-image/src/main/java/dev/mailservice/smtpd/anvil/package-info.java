/**
 * How much each client network does: sessions at once, and connections, messages, recipients, TLS
 * sessions and logins in a time unit; and what is said to one that does too much. Follows Postfix's
 * anvil(8) and the client limits of smtpd(8). One process counts for itself alone.
 *
 * <p>No clock of its own, no I/O. Called by {@code session}; depends on {@code client}, {@code
 * protocol} and {@code access} for lists.
 */
@NullMarked
package dev.mailservice.smtpd.anvil;

import org.jspecify.annotations.NullMarked;
