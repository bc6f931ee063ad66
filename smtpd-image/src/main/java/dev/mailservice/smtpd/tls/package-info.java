/**
 * TLS for clients: certificates from PEM files, the floors of protocols and ciphers, and the
 * handshake, with JSSE. Follows Postfix's TLS_README and smtpd(8)'s STARTTLS support.
 *
 * <p>Called by {@code session}; depends on {@code client} for what a handshake came to, on {@code
 * table} for files that are read again when they change, and on the JDK.
 */
@NullMarked
package dev.mailservice.smtpd.tls;

import org.jspecify.annotations.NullMarked;
