package dev.mailservice.smtpd.session;

import java.io.IOException;
import java.io.InputStream;

/**
 * What {@link LineReader} has to come to, said byte by byte: what a line is, where a message ends,
 * and what goes on of it.
 */
final class ByteByByteLines {
  private static final int PIECE = 4096;

  private final InputStream in;
  private final MessageWriter writer;
  private final BareNewlines bareNewlines;
  private final byte[] piece = new byte[PIECE];
  private int length;
  private int returns;
  private boolean lineStart = true;
  private boolean chunked;
  private boolean afterBareNewline;

  ByteByByteLines(InputStream in, MessageWriter writer, BareNewlines bareNewlines) {
    this.in = in;
    this.writer = writer;
    this.bareNewlines = bareNewlines;
  }

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
        length = 0;
      } else {
        endLine(lineStart && length > 0 && piece[0] == '.' ? 1 : 0);
      }
      afterBareNewline = bare;
    }
  }

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
    int c = in.read();
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
      int stuffed = lineStart && !chunked && piece[0] == '.' ? 1 : 0;
      writer.piece(piece, stuffed, length - stuffed, false);
      lineStart = false;
      length = 0;
    }
    piece[length++] = (byte) c;
  }

  private void endLine(int from) {
    writer.piece(piece, from, length - from, true);
    lineStart = true;
    length = 0;
  }
}
