package dev.mailservice.smtpd.trace;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Counts the Received headers of a message that passes through it, so that one that goes round in
 * circles is noticed: {@code hopcount_limit}, RFC 5321 section 6.3, as Postfix's cleanup(8) counts.
 * What this server has put before the message counts, too. Once there are too many, nothing more
 * passes; the message is read to its end all the same.
 *
 * <p>The headers end at an empty line or at one that is none; nothing behind is looked at.
 */
public final class HopCount extends FilterOutputStream {
  private static final String NAME = "received";

  private final int limit;
  private State state = State.LINE_START;
  private boolean afterHeader;
  private int matched;
  private int hops;

  private enum State {
    LINE_START,
    NAME,
    /** White space between a name and its colon, RFC 5322 section 4.5. */
    AFTER_NAME,
    VALUE,
    EMPTY_LINE,
    BODY
  }

  /**
   * @param out where the message goes on, as lines that end in CR LF
   * @param limit {@code hopcount_limit}
   */
  public HopCount(OutputStream out, int limit) {
    super(out);
    this.limit = limit;
  }

  /**
   * Whether the message has been at too many hops: the client is told {@code 554 5.4.0 Error: too
   * many hops}, and the log {@code warning: NOQUEUE: message rejected: hopcount exceeded}.
   */
  public boolean isExceeded() {
    return hops >= limit;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    for (int i = from; i < from + count && state != State.BODY; i++) {
      state = next(bytes[i]);
    }
    if (!isExceeded()) {
      out.write(bytes, from, count);
    }
  }

  private State next(byte b) {
    return switch (state) {
      case LINE_START -> lineStart(b);
      case NAME -> name(b);
      case AFTER_NAME -> isBlank(b) ? State.AFTER_NAME : afterName(b);
      case VALUE -> b == '\n' ? State.LINE_START : State.VALUE;
      case EMPTY_LINE, BODY -> State.BODY;
    };
  }

  private State lineStart(byte b) {
    if (b == '\r') {
      return State.EMPTY_LINE;
    }
    if (isBlank(b)) {
      return afterHeader ? State.VALUE : State.BODY;
    }
    matched = 0;
    return b == ':' ? State.BODY : name(b);
  }

  private State name(byte b) {
    if (b == ':') {
      return afterName(b);
    }
    if (isBlank(b)) {
      return State.AFTER_NAME;
    }
    if (b < ' ' || b == 0x7f) {
      return State.BODY;
    }
    // Or with 0x20 makes a capital small; what else it changes is no letter of the name.
    boolean matches = matched >= 0 && matched < NAME.length() && NAME.charAt(matched) == (b | 0x20);
    matched = matches ? matched + 1 : -1;
    return State.NAME;
  }

  private State afterName(byte b) {
    if (b != ':') {
      return State.BODY;
    }
    afterHeader = true;
    if (matched == NAME.length()) {
      hops++;
    }
    return State.VALUE;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
