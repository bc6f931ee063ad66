/**
 * Whom sessions wait for: slow clients and a slow next hop fill the same slots, and more servers
 * help against the one and harm the other.
 *
 * <p>Depends on the JDK alone. Told by {@code session} and by whatever talks to others in a
 * session's stead; read by {@code admin}.
 */
@NullMarked
package dev.mailservice.smtpd.waiting;

import org.jspecify.annotations.NullMarked;
