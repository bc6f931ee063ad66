package dev.mailservice.e2e.bench.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server's process and the folder with all its files. Both end with {@link #close}, or with this
 * program.
 */
final class ServerFolder implements AutoCloseable {
  private static final long START_SECONDS = 30;
  private static final long END_SECONDS = 15;

  private final Path folder;
  private final Process process;
  private final Thread atExit = new Thread(this::end);

  /** Takes charge of both. */
  ServerFolder(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** A folder that other accounts get into, as daemons change to one. */
  static Path create(String name) throws IOException {
    return Files.setPosixFilePermissions(
        Files.createTempDirectory(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  ProcessTree processes() {
    return new ProcessTree(process.pid());
  }

  /**
   * Waits until it serves.
   *
   * @param said what it writes when it does not
   * @throws IOException when it has ended, or takes too long, with its own words
   */
  void awaitServing(BooleanSupplier serves, Path said) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!serves.getAsBoolean()) {
      if (!process.isAlive()
          || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
        throw new IOException("it does not start: " + Files.readString(said));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  /** Ends exactly the process that was started, which ends its own. */
  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A daemon wrote while it ended. The folder is among the machine's temporary files.
      return;
    }
  }
}
