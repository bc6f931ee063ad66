/**
 * Debian's Postfix beside this server, dialogue by dialogue: what its smtpd answers is what this
 * one must answer, in code, enhanced code and text, and in whether the connection stays.
 *
 * <p>The dialogues and a word on how to run and write them are in {@code
 * src/test/resources/dev/mailservice/smtpd/dialogues}. Only tests use this package; it sees the
 * server from outside, through a socket.
 */
@NullMarked
package dev.mailservice.smtpd.reference;

import org.jspecify.annotations.NullMarked;
