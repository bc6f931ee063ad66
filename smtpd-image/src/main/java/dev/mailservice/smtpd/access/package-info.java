/**
 * Who may send to whom: networks, domains and restrictions as {@code main.cf} names them.
 *
 * <p>Pure: depends on {@code protocol} for replies and on the JDK. Called by {@code session} at
 * RCPT TO. Follows Postfix's access(5) and smtpd_relay_restrictions in postconf(5).
 */
@NullMarked
package dev.mailservice.smtpd.access;

import org.jspecify.annotations.NullMarked;
