/**
 * SMTP as a client and a test server see it on the wire: lines, replies, a connection with a
 * deadline, and the dialogue that hands over one message.
 *
 * <p>Depends on sockets, and on picocli for reading an address from a command line. Called by the
 * flood's hogs and good clients and by the sink.
 */
@NullMarked
package dev.mailservice.e2e.smtp;

import org.jspecify.annotations.NullMarked;
