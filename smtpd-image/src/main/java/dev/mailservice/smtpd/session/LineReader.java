package dev.mailservice.smtpd.session;

import java.io.IOException;

/**
 * Makes lines of a message's bytes and gives them to a {@link MessageWriter}. A bare CR goes on as
 * a space, so that no server behind this one can take it for the end of a line: Postfix's {@code
 * cleanup_replace_stray_cr_lf}.
 */
final class LineReader {
  /** A line is passed on in pieces of this size, so that one without an end takes no memory. */
  private static final int PIECE = 4096;

  private final ClientConnection client;
  private final MessageWriter writer;
  private final BareNewlines bareNewlines;
  private final byte[] piece = new byte[PIECE];
  private int length;
  private int returns;
  private boolean lineStart = true;
  private boolean chunked;
  private boolean afterBareNewline;

  LineReader(ClientConnection client, MessageWriter writer, BareNewlines bareNewlines) {
    this.client = client;
    this.writer = writer;
    this.bareNewlines = bareNewlines;
  }

  /**
   * Reads up to the final dot, RFC 5321 section 4.1.1.4, and removes dots that were stuffed.
   *
   * @throws ClientGoneException if the client hangs up, or is hung up on, before
   */
  void readToFinalDot() throws IOException {
    while (true) {
      int c = next();
      if (c != '\n') {
        take(c);
        continue;
      }
      boolean bare = endsBare();
      boolean dot = lineStart && length == 1 && piece[0] == '.';
      if (dot && !(bareNewlines.areDetected() && (bare || afterBareNewline))) {
        return;
      }
      if (dot) {
        // Neither an end nor a line: who wrote it wanted it to be both.
        length = 0;
      } else {
        endLine(lineStart && length > 0 && piece[0] == '.' ? 1 : 0);
      }
      afterBareNewline = bare;
    }
  }

  /**
   * Reads one chunk, RFC 3030, in which a dot is a dot.
   *
   * @param last whether a line without an end is ended
   * @throws ClientGoneException if the client hangs up, or is hung up on, before
   */
  void readChunk(long size, boolean last) throws IOException {
    chunked = true;
    for (long done = 0; done < size; done++) {
      int c = next();
      if (c == '\n') {
        endsBare();
        endLine(0);
      } else {
        take(c);
      }
    }
    if (last && (length > 0 || returns > 0 || !lineStart)) {
      spaces(returns);
      endLine(0);
    }
  }

  private int next() throws IOException {
    int c = client.read();
    if (c < 0) {
      throw new ClientGoneException();
    }
    return c;
  }

  private void take(int c) {
    if (c == '\r') {
      returns++;
      return;
    }
    spaces(returns);
    append(c);
  }

  /** Takes the line's end off, and what stands before it that is not a part of it. */
  private boolean endsBare() {
    boolean bare = returns == 0;
    if (bareNewlines.areDetected()) {
      spaces(Math.max(returns - 1, 0));
    }
    returns = 0;
    if (bare && bareNewlines == BareNewlines.REJECT) {
      writer.refuseBareNewline();
    }
    return bare;
  }

  private void spaces(int count) {
    returns = 0;
    for (int i = 0; i < count; i++) {
      append(' ');
    }
  }

  private void append(int c) {
    if (length == PIECE) {
      int stuffed = lineStart && isDotStuffed() ? 1 : 0;
      writer.piece(piece, stuffed, length - stuffed, false);
      lineStart = false;
      length = 0;
    }
    piece[length++] = (byte) c;
  }

  private boolean isDotStuffed() {
    return !chunked && piece[0] == '.';
  }

  private void endLine(int from) {
    writer.piece(piece, from, length - from, true);
    lineStart = true;
    length = 0;
  }
}
