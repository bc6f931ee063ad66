/**
 * The mail log's lines: what one says, how it looks as text or as JSON, and how it leaves the
 * process without anybody waiting for its reader.
 *
 * <p>Depends on the JDK and on Jackson's writer of JSON, which is loaded only when it is asked for.
 * {@code session.MailLog} is the way in for everybody else.
 */
@NullMarked
package dev.mailservice.smtpd.log;

import org.jspecify.annotations.NullMarked;
