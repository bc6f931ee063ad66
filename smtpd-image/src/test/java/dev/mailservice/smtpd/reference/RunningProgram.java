package dev.mailservice.smtpd.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A reference's process and the folder that all its files are in. It ends with the test, or with
 * the build; nothing stays behind.
 */
final class RunningProgram implements AutoCloseable {
  /** If the process that started it dies without a word. */
  static final String ENDS_BY_ITSELF_AFTER_SECONDS = "900";

  static final int START_MILLIS = 30_000;

  private final Path folder;
  private final Process process;
  private final Thread endedWithTheBuild = new Thread(this::end);

  /** Takes charge of both. */
  RunningProgram(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(endedWithTheBuild);
  }

  /** A folder for one that changes to other accounts, which have to get in. */
  static Path folder(String name) throws IOException {
    Path folder = Files.createTempDirectory(name);
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A file of it. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Waits until it serves.
   *
   * @return whether it does; not if it has ended, or takes too long
   */
  boolean await(BooleanSupplier serves) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    while (!serves.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    return true;
  }

  /** Ends exactly the process that was started, which ends its own. */
  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      delete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A daemon wrote while it ended. The folder is in the machine's temporary files.
      return;
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endedWithTheBuild);
    end();
  }
}
