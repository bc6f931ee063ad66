package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.protocol.LineEnds;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Doubles the dot at the start of a line, RFC 5321 section 4.5.2, so that nothing in a message is
 * its end. A line starts after every LF, whether or not a CR stands before it: what some servers
 * take for the end of a line must not make an end of the message.
 */
final class DotStuffing extends OutputStream {
  private final OutputStream out;
  private boolean lineStart = true;
  private int last = '\n';
  private int beforeLast = '\r';

  DotStuffing(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int written = from;
    int end = from + count;
    int at = from;
    while (at < end) {
      if (lineStart && bytes[at] == '.') {
        out.write(bytes, written, at - written);
        out.write('.');
        written = at;
      }
      at = LineEnds.next(bytes, at, end);
      lineStart = at < end && bytes[at] == '\n';
      at++;
    }
    out.write(bytes, written, end - written);
    remember(bytes, from, count);
  }

  private void remember(byte[] bytes, int from, int count) {
    if (count > 0) {
      beforeLast = count > 1 ? bytes[from + count - 2] : last;
      last = bytes[from + count - 1];
    }
  }

  /** Whether the last line has its CR LF. */
  boolean isAtLineStart() {
    return last == '\n' && beforeLast == '\r';
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
