package dev.mailservice.smtpd.maildir;

import java.io.IOException;
import java.io.OutputStream;

/** Writes lines that end in CR LF as Unix keeps them; a CR anywhere else stays. */
final class NewlineOutput extends OutputStream {
  private final OutputStream out;
  private boolean carriageReturn;
  private boolean lineStart = true;

  NewlineOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (count == 0) {
      return;
    }
    int written = from;
    if (carriageReturn && bytes[from] != '\n') {
      out.write('\r');
    }
    carriageReturn = false;
    int end = from + count;
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\r' && (i + 1 == end || bytes[i + 1] == '\n')) {
        out.write(bytes, written, i - written);
        written = i + 1;
        carriageReturn = written == end;
      }
    }
    out.write(bytes, written, end - written);
    lineStart = bytes[end - 1] == '\n';
  }

  /** Ends the last line, if it has no end, and hands everything on. */
  void finish() throws IOException {
    if (carriageReturn) {
      out.write('\r');
      carriageReturn = false;
    }
    if (!lineStart) {
      out.write('\n');
    }
    out.flush();
  }
}
