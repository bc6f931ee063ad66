/**
 * Who may send to whom: networks, domains, recipients and restrictions as {@code main.cf} names
 * them.
 *
 * <p>Pure but for what a table does when it is asked: depends on {@code protocol} for replies, on
 * {@code dev.mailservice.maincf.table} for lists and tables, and on the JDK. Called by {@code
 * session} at RCPT TO. Follows Postfix's access(5), ADDRESS_CLASS_README and
 * smtpd_relay_restrictions in postconf(5).
 */
@NullMarked
package dev.mailservice.smtpd.access;

import org.jspecify.annotations.NullMarked;
