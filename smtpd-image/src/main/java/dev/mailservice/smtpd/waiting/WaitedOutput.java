package dev.mailservice.smtpd.waiting;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the time of each write as a wait. What writes to it should have a buffer. */
public final class WaitedOutput extends FilterOutputStream {
  private final WaitingFor what;

  /**
   * @param what who is waited for until it has taken what is written
   */
  public WaitedOutput(WaitingFor what, OutputStream out) {
    super(out);
    this.what = what;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try (var unused = SessionTime.waitFor(what)) {
      out.write(bytes, from, count);
    }
  }
}
