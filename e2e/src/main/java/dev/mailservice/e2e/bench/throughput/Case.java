package dev.mailservice.e2e.bench.throughput;

import dev.mailservice.e2e.load.Sessions;

/**
 * A load to measure both sides under.
 *
 * @param messageKb size of a message, in kilobytes of 1,000 octets
 * @param clients sessions at a time
 * @param sessions how many messages each carries
 * @param tls whether each session has a TLS handshake
 */
record Case(int messageKb, int clients, Sessions sessions, boolean tls) {
  /** In words, as it stands in the report. */
  String words() {
    return "%d KB, %d client%s, %s%s"
        .formatted(
            messageKb,
            clients,
            clients == 1 ? "" : "s",
            sessions == Sessions.KEPT ? "kept sessions" : "a session per message",
            tls ? ", TLS" : "");
  }
}
