package dev.mailservice.smtpd.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message from the client and writes it for the next hop, so that both see the same end.
 *
 * <p>Only {@code <CR><LF>.<CR><LF>} ends a message. A line that ends in a bare LF is a line, and
 * goes on with CRLF; a bare CR goes on as a space; every line is unstuffed and stuffed again, RFC
 * 5321 section 4.5.2. Thus nothing that a client writes can be the end of the message for the next
 * hop and not for this server: Postfix's {@code smtpd_forbid_bare_newline = normalize} and {@code
 * cleanup_replace_stray_cr_lf}.
 */
final class MessageContent {
  /** A line is passed on in pieces of this size, so that one without an end takes no memory. */
  private static final int PIECE = 4096;

  private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ClientConnection client;
  private final OutputStream nextHop;
  private final long sizeLimit;
  private final byte[] piece = new byte[PIECE];
  private int length;
  private long size;
  private boolean lineStart = true;
  private boolean afterCrlf = true;
  private boolean nextHopFailed;

  /** How it ended. */
  enum Outcome {
    /** The whole message is written, but for its final dot. */
    COMPLETE,
    /** The client's message was read to its end and is larger than allowed. */
    TOO_LARGE,
    /** The client's message was read to its end and the next hop did not take it. */
    NEXT_HOP_FAILED
  }

  /**
   * @param sizeLimit bytes; 0 for no limit
   */
  MessageContent(ClientConnection client, OutputStream nextHop, long sizeLimit) {
    this.client = client;
    this.nextHop = nextHop;
    this.sizeLimit = sizeLimit;
  }

  /**
   * Reads to the end of the message, whatever becomes of it.
   *
   * @throws ClientGoneException if the client hangs up, or is hung up on, before the end
   */
  Outcome transfer() throws IOException {
    boolean carriageReturn = false;
    while (true) {
      int c = client.read();
      if (c < 0) {
        throw new ClientGoneException();
      }
      if (c == '\n') {
        if (isEnd(carriageReturn)) {
          return outcome();
        }
        endLine(carriageReturn);
        carriageReturn = false;
        continue;
      }
      if (carriageReturn) {
        append(' ');
      }
      carriageReturn = c == '\r';
      if (!carriageReturn) {
        append(c);
      }
    }
  }

  private boolean isEnd(boolean crlf) {
    return crlf && afterCrlf && lineStart && length == 1 && piece[0] == '.';
  }

  private Outcome outcome() {
    if (isTooLarge()) {
      return Outcome.TOO_LARGE;
    }
    return nextHopFailed ? Outcome.NEXT_HOP_FAILED : Outcome.COMPLETE;
  }

  private boolean isTooLarge() {
    return sizeLimit > 0 && size > sizeLimit;
  }

  private void append(int c) {
    if (length == PIECE) {
      pass();
    }
    piece[length++] = (byte) c;
  }

  private void endLine(boolean crlf) {
    pass();
    write(CRLF, 0, CRLF.length);
    lineStart = true;
    afterCrlf = crlf;
  }

  /** Passes a piece on: the client's dot off, the next hop's dot on. */
  private void pass() {
    int from = lineStart && length > 0 && piece[0] == '.' ? 1 : 0;
    if (lineStart && length > from && piece[from] == '.') {
      from--;
    }
    write(piece, from, length - from);
    lineStart = lineStart && length == 0;
    length = 0;
  }

  private void write(byte[] bytes, int from, int count) {
    size += count;
    if (nextHopFailed || isTooLarge()) {
      return;
    }
    try {
      nextHop.write(bytes, from, count);
    } catch (IOException e) {
      nextHopFailed = true;
    }
  }
}
