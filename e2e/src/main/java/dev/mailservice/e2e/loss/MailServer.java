package dev.mailservice.e2e.loss;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/** A running server. */
interface MailServer extends AutoCloseable {
  /** Where clients come. */
  InetSocketAddress address();

  /** SIGKILL, to all that belongs to it; returns when it is gone. */
  void kill() throws InterruptedException;

  /** SIGTERM, the way that an administrator ends it. */
  void terminate();

  /** Waits for its end; false if it does not come. */
  boolean awaitEnd(Duration patience) throws InterruptedException;

  /** Ends it if it runs yet. */
  @Override
  void close();

  /**
   * What a server needs to know.
   *
   * @param folder of its own, for its configuration and its log
   * @param mainCf what both kinds of server understand
   * @param drain how long it may take to end
   * @param disk where it runs; its mail is kept there
   */
  record Setting(Path folder, String mainCf, Duration drain, Disk disk) {}
}
