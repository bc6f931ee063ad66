package dev.mailservice.smtpd.session;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes a message's lines from whoever reads them and hands them on with CR LF, as far as they go.
 * What keeps the message from being delivered is remembered: the client's is read to its end all
 * the same.
 *
 * <p>Follows receive_data_message() of Postfix's smtpd(8): a line {@code From } of a Unix mailbox
 * at the start becomes a header, and white space there an empty line, lest it continue the header
 * that this server has put before it.
 */
final class MessageWriter {
  private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MAILBOX_LINE = "X-Mailbox-Line: ".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final long sizeLimit;
  private boolean atStart = true;
  private boolean lineStart = true;
  private long size;
  private boolean tooLarge;
  private boolean bareNewline;
  private Optional<IOException> failure = Optional.empty();

  /**
   * @param out where lines go; that it throws is remembered
   * @param sizeLimit bytes; 0 for no limit
   */
  MessageWriter(OutputStream out, long sizeLimit) {
    this.out = out;
    this.sizeLimit = sizeLimit;
  }

  /**
   * A piece of a line.
   *
   * @param from how many bytes at its start are not to be handed on
   * @param ends whether the line ends with it
   */
  void piece(byte[] bytes, int from, int length, boolean ends) {
    if (lineStart && atStart) {
      begin(bytes, from, length);
    }
    lineStart = ends;
    if (isRefused()) {
      return;
    }
    // A stuffed dot counts: Postfix hands it on to the next hop and removes none.
    int more = from + length + (ends ? CRLF.length : 0);
    if (sizeLimit > 0 && sizeLimit - size < more) {
      tooLarge = true;
      return;
    }
    size += more;
    write(bytes, from, length);
    if (ends) {
      write(CRLF, 0, CRLF.length);
    }
  }

  /** How many bytes may come by {@link #lines} next. */
  long room() {
    if (atStart || !lineStart) {
      return 0;
    }
    return sizeLimit == 0 || isRefused() ? Long.MAX_VALUE : sizeLimit - size;
  }

  /** Whole lines with their ends, no more bytes than there is {@link #room}. */
  void lines(byte[] bytes, int from, int count) {
    if (!isRefused()) {
      size += count;
      write(bytes, from, count);
    }
  }

  private void begin(byte[] bytes, int from, int length) {
    int at = from;
    while (at < from + length && bytes[at] == '>') {
      at++;
    }
    if (from + length - at >= FROM.length
        && java.util.Arrays.equals(bytes, at, at + FROM.length, FROM, 0, FROM.length)) {
      write(MAILBOX_LINE, 0, MAILBOX_LINE.length);
      return;
    }
    atStart = false;
    if (length > 0 && (bytes[from] == ' ' || bytes[from] == '\t')) {
      write(CRLF, 0, CRLF.length);
    }
  }

  private void write(byte[] bytes, int from, int length) {
    if (failure.isEmpty()) {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        failure = Optional.of(e);
      }
    }
  }

  /** A line ended in a line feed alone, and {@code smtpd_forbid_bare_newline} is reject. */
  void refuseBareNewline() {
    bareNewline = true;
  }

  private boolean isRefused() {
    return tooLarge || bareNewline || failure.isPresent();
  }

  /** Bytes taken so far. */
  long size() {
    return size;
  }

  /** Whether the message was larger than allowed. */
  boolean isTooLarge() {
    return tooLarge;
  }

  /** Whether it had a line feed that is not allowed. */
  boolean hasBareNewline() {
    return bareNewline;
  }

  /** Why it could not be handed on. */
  Optional<IOException> failure() {
    return failure;
  }

  /** Whether nothing speaks against it. */
  boolean isGood() {
    return !isRefused();
  }
}
