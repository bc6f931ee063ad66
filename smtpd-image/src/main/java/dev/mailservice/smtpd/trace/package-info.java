/**
 * Headers that tell where a message has been, RFC 5321 section 4.4: the one that this server adds,
 * and those that show that a message goes round in circles.
 *
 * <p>Depends on {@code client} for whose mail it is, on no clock and no socket. Called by {@code
 * session}.
 */
@NullMarked
package dev.mailservice.smtpd.trace;

import org.jspecify.annotations.NullMarked;
