package dev.mailservice.e2e.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs other programs in the project's folder. What they say goes to a log file, a failure is one
 * line.
 */
final class Commands {
  private final Path folder;
  private final Path log;
  private final Map<String, String> environment;
  private final Map<Process, Boolean> running = new ConcurrentHashMap<>();

  /**
   * Programs that run in {@code folder}.
   *
   * @param log is appended to
   * @param environment is added to this process's own
   */
  Commands(Path folder, Path log, Map<String, String> environment) {
    this.folder = folder;
    this.log = log;
    this.environment = Map.copyOf(environment);
  }

  Path log() {
    return log;
  }

  /**
   * Runs a program to its end.
   *
   * @return what it wrote to its standard output
   * @throws StepFailed when it cannot be started or its exit status is not 0
   */
  String run(List<String> command) throws InterruptedException {
    Result result = tryRun(command);
    if (result.status() != 0) {
      throw new StepFailed(
          "%s failed with exit status %d: %s (log: %s)"
              .formatted(summary(command), result.status(), result.lastWords(), log));
    }
    return result.output();
  }

  /** Runs a program to its end, whatever its exit status. */
  Result tryRun(List<String> command) throws InterruptedException {
    Process process = start(command);
    try (var errors = new Reader(process.errorReader(StandardCharsets.UTF_8)::readAllAsString)) {
      process.getOutputStream().close();
      String output = process.inputReader(StandardCharsets.UTF_8).readAllAsString();
      String error = errors.text();
      int status = process.waitFor();
      append("$ " + String.join(" ", command) + "\n" + output + error);
      return new Result(status, output, error);
    } catch (IOException failure) {
      throw new StepFailed(
          "%s: %s (log: %s)".formatted(summary(command), failure.getMessage(), log), failure);
    } finally {
      process.destroy();
    }
  }

  /** Starts a program; its standard error goes to this process's log. */
  Process start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      running.put(process, true);
      var unused = process.onExit().thenAccept(running::remove);
      return process;
    } catch (IOException failure) {
      throw new StepFailed(
          "%s cannot be started: %s".formatted(command.getFirst(), failure.getMessage()), failure);
    }
  }

  /** Ends whatever still runs. */
  void stopAll() {
    running.keySet().forEach(Process::destroy);
  }

  /** Adds to the log. */
  synchronized void append(String text) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.writeString(
          log,
          text.endsWith("\n") ? text : text + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException("the log " + log + " cannot be written", failure);
    }
  }

  private static String summary(List<String> command) {
    return String.join(" ", command.subList(0, Math.min(command.size(), 4)));
  }

  /**
   * How a program ended.
   *
   * @param status its exit status
   * @param output its standard output
   * @param error its standard error
   */
  record Result(int status, String output, String error) {
    String lastWords() {
      String said = error.isBlank() ? output : error;
      return said.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("no output");
    }
  }

  /** Reads one of two streams, so that neither blocks the other. */
  private static final class Reader implements AutoCloseable {
    private final java.util.concurrent.FutureTask<String> task;

    Reader(Callable<String> read) {
      task = new java.util.concurrent.FutureTask<>(read);
      Thread.startVirtualThread(task);
    }

    String text() throws InterruptedException, IOException {
      try {
        return task.get();
      } catch (java.util.concurrent.ExecutionException failure) {
        throw new IOException(failure.getCause());
      }
    }

    @Override
    public void close() {
      task.cancel(true);
    }
  }
}
