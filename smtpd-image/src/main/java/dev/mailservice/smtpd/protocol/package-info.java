/**
 * The SMTP protocol, RFC 5321, without sockets: which command may come when, what is answered, what
 * counts as an error. {@link dev.mailservice.smtpd.protocol.SmtpProtocol} is the table; whatever
 * affects a session's state stands there.
 *
 * <p>May depend on the JDK alone, and on none of its I/O, clocks or threads. Called by {@code
 * session}, which does what a {@link dev.mailservice.smtpd.protocol.Step} asks for. Reply texts are
 * those of Postfix's smtpd.
 */
@NullMarked
package dev.mailservice.smtpd.protocol;

import org.jspecify.annotations.NullMarked;
