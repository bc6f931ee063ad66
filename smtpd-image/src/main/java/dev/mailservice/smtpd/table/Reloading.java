package dev.mailservice.smtpd.table;

import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.table.Loaded;
import dev.mailservice.maincf.table.TableSource;
import dev.mailservice.smtpd.file.FileStamp;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Something made of files, made again when one of them changes. A new version with errors is not
 * taken: the old one stays, and the log says so once. Safe for use by many threads; sessions see
 * the old version or the new one and never a mixture.
 *
 * @param <T> what is made, {@code Maps} or {@code PatternList}
 */
public final class Reloading<T> {
  private static final int READ_AGAIN = 3;

  private final Function<TableSource, Loaded<T>> reader;
  private final TableFiles files;
  private final Consumer<String> warnings;
  private final LongSupplier nanoTime;
  private final long intervalNanos;
  private final AtomicLong nextLook;
  private final Version<T> first;
  private volatile Version<T> taken;

  /** The files of the last attempt, which may be newer than what was taken. */
  private volatile Map<String, FileStamp> seen;

  private record Version<T>(Loaded<T> loaded, Map<String, FileStamp> stamps) {}

  /**
   * Reads the first version at once.
   *
   * @param reader makes it from files
   * @param files where they are read from
   * @param warnings the log
   * @param nanoTime a clock that only runs forward
   * @param interval how often the files are looked at, at most
   */
  public Reloading(
      Function<TableSource, Loaded<T>> reader,
      TableFiles files,
      Consumer<String> warnings,
      LongSupplier nanoTime,
      Duration interval) {
    this.reader = reader;
    this.files = files;
    this.warnings = warnings;
    this.nanoTime = nanoTime;
    this.intervalNanos = interval.toNanos();
    this.nextLook = new AtomicLong(nanoTime.getAsLong() + intervalNanos);
    this.first = read();
    this.taken = first;
    this.seen = first.stamps();
  }

  /** What there is to say about the first version; whether to start with it is the caller's. */
  public Loaded<T> first() {
    return first.loaded();
  }

  /** The newest version without errors. */
  public T current() {
    long now = nanoTime.getAsLong();
    long due = nextLook.get();
    if (now - due >= 0 && nextLook.compareAndSet(due, now + intervalNanos)) {
      look();
    }
    return taken.loaded().value();
  }

  private void look() {
    if (isUnchanged(seen)) {
      return;
    }
    Version<T> next = read();
    for (int again = 0; again < READ_AGAIN && !isUnchanged(next.stamps()); again++) {
      // Several files that belong together may be changing one after the other.
      next = read();
    }
    seen = next.stamps();
    tell(next.loaded());
    if (!next.loaded().hasErrors()) {
      taken = next;
    }
  }

  private boolean isUnchanged(Map<String, FileStamp> stamps) {
    return stamps.entrySet().stream()
        .allMatch(it -> files.stamp(it.getKey()).equals(it.getValue()));
  }

  /** One line for each thing to say; that the old version is kept is said with the last error. */
  private void tell(Loaded<T> loaded) {
    long errors = loaded.diagnostics().stream().filter(Reloading::isError).count();
    for (Diagnostic diagnostic : loaded.diagnostics()) {
      boolean isLast = isError(diagnostic) && --errors == 0;
      warnings.accept(diagnostic + (isLast ? "; the version before is kept" : ""));
    }
  }

  private static boolean isError(Diagnostic diagnostic) {
    return diagnostic.severity() == Severity.ERROR;
  }

  private Version<T> read() {
    var stamps = new ConcurrentHashMap<String, FileStamp>();
    Loaded<T> loaded =
        reader.apply(
            file -> {
              // Before it is read: a change while reading is a change.
              stamps.put(file, files.stamp(file));
              return files.read(file);
            });
    return new Version<>(loaded, Map.copyOf(stamps));
  }
}
