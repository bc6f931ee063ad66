package dev.mailservice.smtpd.clients;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Mail clients and log tools in a folder of their own.
 *
 * @param folder what {@code build/mail-clients} printed
 */
record Programs(Path folder) {
  private static final int PATIENCE_SECONDS = 120;

  /**
   * What a program printed, standard error among it.
   *
   * @param status its exit status
   */
  record Said(int status, List<String> lines) {
    /** The lines of a program that ended well. */
    List<String> linesOfSuccess() {
      if (status != 0) {
        throw new IllegalStateException("exit status " + status + ": " + lines);
      }
      return lines;
    }
  }

  /** Runs one of the programs to its end; {@code input} is what it reads. */
  Said run(byte[] input, String program, List<String> arguments) throws IOException {
    var command = new ArrayList<>(List.of(folder.resolve("run").toString(), program));
    command.addAll(arguments);
    return run(new ProcessBuilder(command), input);
  }

  /** Runs a command to its end. */
  static Said run(ProcessBuilder command, byte[] input) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    try {
      Thread.ofVirtual().start(() -> feed(process, input));
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command.command() + " does not end: " + output);
      }
      return new Said(process.exitValue(), output.lines().toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException e) {
      // It ended before it had read all; its output says why.
      return;
    }
  }
}
