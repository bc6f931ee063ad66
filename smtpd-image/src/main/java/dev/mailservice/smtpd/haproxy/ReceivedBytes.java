package dev.mailservice.smtpd.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** What has been read of a header so far. */
final class ReceivedBytes {
  /** How much of a header Postfix reads, and shows of one that it cannot understand. */
  static final int MAX_SHOWN = 536;

  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean timedOut;

  ReceivedBytes(InputStream in) {
    this.in = in;
  }

  byte[] all() {
    return bytes.toByteArray();
  }

  int size() {
    return bytes.size();
  }

  boolean nothing() {
    return bytes.size() == 0;
  }

  /** Whether what has come is the beginning of this, or the other way round. */
  boolean agreesWith(byte[] beginning) {
    byte[] all = all();
    for (int i = 0; i < Math.min(all.length, beginning.length); i++) {
      if (all[i] != beginning[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether another byte came in time. */
  boolean readOne() throws IOException {
    return read(1);
  }

  /** Whether so many more bytes came in time. */
  boolean read(int count) throws IOException {
    try {
      for (int left = count; left > 0; ) {
        byte[] chunk = new byte[left];
        int length = in.read(chunk);
        if (length < 0) {
          return false;
        }
        bytes.write(chunk, 0, length);
        left -= length;
      }
      return true;
    } catch (SocketTimeoutException e) {
      timedOut = true;
      return false;
    }
  }

  /** For the log, and lest the connection be reset while the client is still being told. */
  void takeWhatIsThere() throws IOException {
    int count = Math.min(in.available(), MAX_SHOWN - Math.min(size(), MAX_SHOWN));
    bytes.writeBytes(in.readNBytes(count));
  }

  ProxyHeader.Malformed nothingCame() {
    return new ProxyHeader.Malformed(timedOut ? "timeout error" : "EOF");
  }

  ProxyHeader.Malformed fault(String why) {
    return new ProxyHeader.Malformed(why, all());
  }
}
