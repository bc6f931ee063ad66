/**
 * Who the client of a session is, as everybody else sees it: its address and names, its TLS
 * session, its login. Values only; depends on nothing.
 *
 * <p>An attribute that is not known is the word {@code unknown}, as everywhere in Postfix.
 */
@NullMarked
package dev.mailservice.smtpd.client;

import org.jspecify.annotations.NullMarked;
