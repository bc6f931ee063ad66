package dev.mailservice.e2e.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines that end in CRLF or LF, as octets (ISO 8859-1), with a small buffer: a flood keeps
 * thousands of them.
 */
public final class LineReader {
  private static final int INITIAL_LINE = 128;

  /** Octets of LF . CR LF. */
  private static final int DOT_ALONE = 4;

  private final InputStream in;
  private final int maxLength;
  private final byte[] buffer;
  private int position;
  private int limit;

  /**
   * Reads from {@code in}.
   *
   * @param bufferSize octets read at once
   * @param maxLength longest line accepted, in octets without its end
   */
  public LineReader(InputStream in, int bufferSize, int maxLength) {
    this.in = in;
    this.buffer = new byte[bufferSize];
    this.maxLength = maxLength;
  }

  /**
   * The next line without its end, or null at the end of the stream (an unfinished line is lost).
   *
   * @throws ProtocolException when the line is longer than allowed
   */
  public @Nullable String readLine() throws IOException {
    byte[] line = new byte[INITIAL_LINE];
    int length = 0;
    while (true) {
      if (position == limit && !fill()) {
        return null;
      }
      byte octet = buffer[position++];
      if (octet == '\n') {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.ISO_8859_1);
      }
      // One more octet than allowed, because the last one may be the CR of the line's end.
      if (length > maxLength) {
        throw new ProtocolException("line longer than " + maxLength + " octets");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = octet;
    }
  }

  /**
   * Passes over lines to the first that is a dot alone and ends in CRLF, that one included: a
   * message's body of which nothing is wanted. To be called after a line has been read, as its end
   * may be the beginning of that one's.
   *
   * @return false when the stream ends before it
   */
  public boolean skipToDot() throws IOException {
    int from = position - 1;
    while (true) {
      position = afterDot(from);
      if (position > 0) {
        return true;
      }
      int kept = Math.min(limit - from, DOT_ALONE - 1);
      System.arraycopy(buffer, limit - kept, buffer, 0, kept);
      int count = in.read(buffer, kept, buffer.length - kept);
      limit = kept + Math.max(count, 0);
      if (count <= 0) {
        position = limit;
        return false;
      }
      from = 0;
    }
  }

  /**
   * Where the octets after the first LF . CR LF begin; 0 when there is none. It looks at every
   * fourth octet of a text without them (Horspool's algorithm), as a body may be long.
   */
  private int afterDot(int from) {
    int at = from + DOT_ALONE - 1;
    while (at < limit) {
      switch (buffer[at]) {
        case '\n' -> {
          if (buffer[at - 1] == '\r' && buffer[at - 2] == '.' && buffer[at - 3] == '\n') {
            return at + 1;
          }
          at += 3;
        }
        case '.' -> at += 2;
        case '\r' -> at += 1;
        default -> at += DOT_ALONE;
      }
    }
    return 0;
  }

  /** Whether octets that were read already wait to be taken: a pipelining peer has sent more. */
  public boolean hasBufferedInput() {
    return position < limit;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }
}
