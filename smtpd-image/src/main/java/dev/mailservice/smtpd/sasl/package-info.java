/**
 * Logins, RFC 4954, through Dovecot's authentication service: {@code smtpd_sasl_type = dovecot}.
 * Follows Postfix's xsasl_dovecot_server.c and Dovecot's "Authentication Protocol v1".
 *
 * <p>Called by {@code session} for EHLO and AUTH; depends on {@code table} for how a server is
 * named and for time limits, on {@code access} for lists, on {@code tls} for whether it is
 * demanded, on {@code client} and {@code protocol}.
 */
@NullMarked
package dev.mailservice.smtpd.sasl;

import org.jspecify.annotations.NullMarked;
