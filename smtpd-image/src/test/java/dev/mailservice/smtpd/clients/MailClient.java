package dev.mailservice.smtpd.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A program or library that sends mail. */
interface MailClient {
  /** What not every client does. */
  enum Can {
    /** Sends several messages over one connection. */
    SEVERAL,
    /** Asks for SMTPUTF8 where addresses want it. */
    SMTPUTF8,
    /** Sends messages by BDAT. */
    CHUNKING
  }

  Set<Can> can();

  /** What it makes of a message before it sends it. */
  default byte[] content(Letter letter) {
    return letter.content();
  }

  /**
   * Sends.
   *
   * @param folder for files of its own
   * @return what it reports, in the lines that {@code src/test/clients/README.md} describes
   */
  List<String> send(Path folder, InetSocketAddress server, boolean startTls, List<Letter> letters)
      throws IOException;
}
