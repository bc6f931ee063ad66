package dev.mailservice.smtpd.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * What a file says, read again when it has changed. It is looked at once a second at most, by
 * whoever asks. Safe for use by several threads.
 *
 * @param <T> what is read from it
 */
public final class RereadFile<T> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Path file;
  private final Function<List<String>, T> reader;
  private final UnaryOperator<T> withoutFile;
  private final LongSupplier nanos;
  private long nextLook;
  private FileStamp seen = FileStamp.none();
  private T value;

  /**
   * Nothing is read yet.
   *
   * @param reader makes something of the file's lines; of no lines where there has been no file
   * @param withoutFile what becomes of that when the file is gone, or cannot be read
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public RereadFile(
      Path file,
      Function<List<String>, T> reader,
      UnaryOperator<T> withoutFile,
      LongSupplier nanos) {
    this.file = file;
    this.reader = reader;
    this.withoutFile = withoutFile;
    this.nanos = nanos;
    this.nextLook = nanos.getAsLong();
    this.value = reader.apply(List.of());
  }

  /** What it says now. */
  public synchronized T current() {
    long now = nanos.getAsLong();
    if (now - nextLook >= 0) {
      nextLook = now + LOOK_EVERY.toNanos();
      look();
    }
    return value;
  }

  private void look() {
    // Before it is read: a change while reading is a change.
    FileStamp stamp = FileStamp.of(file);
    if (stamp.equals(seen)) {
      return;
    }
    try {
      value = reader.apply(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
      seen = stamp;
    } catch (IOException e) {
      value = withoutFile.apply(value);
      seen = FileStamp.none();
    }
  }
}
