package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.protocol.Reply;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * A session with the next hop that has said EHLO, between two transactions or in one.
 *
 * @param begunAt nanoseconds
 * @param isKept whether it has carried a message before, so that it may have died since
 */
record ProxySession(ProxyConnection connection, Offer offer, long begunAt, boolean isKept) {
  /**
   * Connects, waits for the greeting and says EHLO.
   *
   * @throws IOException if the next hop does not greet, or refuses; there is no connection then
   */
  static ProxySession begin(NextHopAddress address, NextHop.Settings settings, LongSupplier nanos)
      throws IOException {
    long now = nanos.getAsLong();
    ProxyConnection connection =
        ProxyConnection.connect(address, settings.timeout(), settings.replyLimit(), nanos);
    try {
      require(connection.read(), address, "connection request");
      String hello = "EHLO " + settings.ehlo();
      Reply welcome = connection.say(hello);
      require(welcome, address, hello);
      return new ProxySession(connection, Offer.of(welcome), now, false);
    } catch (IOException e) {
      connection.closeQuietly();
      throw e;
    }
  }

  private static void require(Reply reply, NextHopAddress address, String command)
      throws IOException {
    if (reply.code() / 100 != 2) {
      throw new IOException(rejected(address, command, reply));
    }
  }

  /** Postfix's words for a reply that was not hoped for. */
  static String rejected(NextHopAddress address, String command, Reply reply) {
    return "proxy %s rejected \"%s\": \"%s\"".formatted(address, command, reply);
  }

  /** The same, as the next transaction finds it. */
  ProxySession kept() {
    return new ProxySession(connection, offer, begunAt, true);
  }

  /** Says goodbye without waiting for an answer, and closes. */
  void quit() {
    try {
      connection.send("QUIT");
    } catch (IOException e) {
      // It is over either way.
      return;
    } finally {
      connection.closeQuietly();
    }
  }
}
