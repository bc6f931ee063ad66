/**
 * Where mail goes on a machine alone: a maildir for each local user below {@code
 * mail_spool_directory}, written, fsynced and linked into {@code new} before the client hears that
 * its message was accepted.
 *
 * <p>Blocking I/O, meant for virtual threads. Implements {@code delivery}, depends on {@code
 * protocol} for replies. Called by whoever chooses the deliveries. Follows Postfix's local(8) in
 * what a file holds and <a href="https://cr.yp.to/proto/maildir.html">maildir</a> in how it comes
 * to be.
 */
@NullMarked
package dev.mailservice.smtpd.maildir;

import org.jspecify.annotations.NullMarked;
