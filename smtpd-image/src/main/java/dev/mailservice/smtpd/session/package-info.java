/**
 * One client's session, from its banner to its end: reads lines from a socket, drives {@code
 * protocol}, asks {@code access}, talks to {@code nexthop}, and keeps an eye on the client's
 * patience limits.
 *
 * <p>Each session runs on a virtual thread with blocking I/O. From the banner on nobody reads with
 * a socket time-out: {@link dev.mailservice.smtpd.session.Sessions} looks at all sessions several
 * times a second and hangs up on those that are too slow by the personality that holds at that
 * moment, so that stress and draining shorten the time-outs of sessions held as well as of new
 * ones. The header of a proxy, which comes before the banner, has a time-out of its own.
 */
@NullMarked
package dev.mailservice.smtpd.session;

import org.jspecify.annotations.NullMarked;
