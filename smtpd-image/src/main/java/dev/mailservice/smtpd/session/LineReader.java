package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.protocol.LineEnds;
import java.io.IOException;

/**
 * Makes lines of a message's bytes and gives them to a {@link MessageWriter}. A bare CR goes on as
 * a space, so that no server behind this one can take it for the end of a line: Postfix's {@code
 * cleanup_replace_stray_cr_lf}.
 *
 * <p>Lines that go on as they came, which most do, are handed on together and not copied; a line
 * about which anything is special, or of which a part has not come yet, goes through {@link
 * #takeUpToLineFeed} alone.
 */
final class LineReader {
  /** A line is passed on in pieces of this size, so that one without an end takes no memory. */
  private static final int PIECE = 4096;

  private static final byte[] SPACE = {' '};

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
      awaitInput();
      takePlainLines(Long.MAX_VALUE);
      if (takeUpToLineFeed(Long.MAX_VALUE) && endsMessage()) {
        return;
      }
    }
  }

  /** Takes the end off a line, which may be the final dot. */
  private boolean endsMessage() {
    boolean bare = endsBare();
    boolean dot = lineStart && length == 1 && piece[0] == '.';
    if (dot && !(bareNewlines.areDetected() && (bare || afterBareNewline))) {
      return true;
    }
    if (dot) {
      // Neither an end nor a line: who wrote it wanted it to be both.
      length = 0;
    } else {
      endLine(lineStart && length > 0 && piece[0] == '.' ? 1 : 0);
    }
    afterBareNewline = bare;
    return false;
  }

  /**
   * Reads one chunk, RFC 3030, in which a dot is a dot.
   *
   * @param last whether a line without an end is ended
   * @throws ClientGoneException if the client hangs up, or is hung up on, before
   */
  void readChunk(long size, boolean last) throws IOException {
    chunked = true;
    long left = size;
    while (left > 0) {
      awaitInput();
      int before = client.buffered();
      takePlainLines(left);
      if (takeUpToLineFeed(left - (before - client.buffered()))) {
        endsBare();
        endLine(0);
      }
      left -= before - client.buffered();
    }
    if (last && (length > 0 || returns > 0 || !lineStart)) {
      spaces(returns);
      endLine(0);
    }
  }

  private void awaitInput() throws IOException {
    if (!client.awaitInput()) {
      throw new ClientGoneException();
    }
  }

  /**
   * Hands on whole lines, as many as there are, that end in CR LF, have no other CR, and in a
   * message that ends by a dot do not start with one.
   *
   * @param limit no more bytes than these are the message's
   */
  private void takePlainLines(long limit) {
    if (!lineStart || length > 0 || returns > 0) {
      return;
    }
    byte[] input = client.input();
    int start = client.inputAt();
    int end = start + (int) Math.min(Math.min(limit, writer.room()), client.buffered());
    int at = start;
    while (at < end && (chunked || input[at] != '.')) {
      int next = LineEnds.next(input, at, end);
      if (next >= end - 1 || input[next] != '\r' || input[next + 1] != '\n') {
        break;
      }
      at = next + 2;
    }
    if (at > start) {
      writer.lines(input, start, at - start);
      client.use(at - start);
      afterBareNewline = false;
    }
  }

  /**
   * Takes bytes up to a line feed and with it.
   *
   * @param limit no more bytes than these are the message's
   * @return whether there was a line feed; else there is no more input
   */
  private boolean takeUpToLineFeed(long limit) {
    byte[] input = client.input();
    int start = client.inputAt();
    int end = start + (int) Math.min(limit, client.buffered());
    int at = start;
    while (at < end && input[at] != '\n') {
      int next = LineEnds.next(input, at, end);
      if (next > at) {
        spaces(returns);
        append(input, at, next);
      }
      at = next;
      if (at < end && input[at] == '\r') {
        returns++;
        at++;
      }
    }
    boolean ended = at < end;
    client.use(at - start + (ended ? 1 : 0));
    return ended;
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
      append(SPACE, 0, 1);
    }
  }

  private void append(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      if (length == PIECE) {
        int stuffed = lineStart && isDotStuffed() ? 1 : 0;
        writer.piece(piece, stuffed, length - stuffed, false);
        lineStart = false;
        length = 0;
      }
      int count = Math.min(end - at, PIECE - length);
      System.arraycopy(bytes, at, piece, length, count);
      length += count;
      at += count;
    }
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
