package dev.mailservice.smtpd;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as a process of its own, the way that an administrator starts it. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("started: /?([0-9a-f.:]+):(\\d+), ");

  private final Process process;
  private final BufferedReader out;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final InetSocketAddress address;
  private final int adminPort;

  private ServerProcess(Process process, int adminPort) throws IOException {
    this.process = process;
    this.adminPort = adminPort;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.address = awaitStart();
  }

  /**
   * Starts it and waits until it serves. What it says after that is not read before {@link
   * #readLog}.
   *
   * @param folder where {@code main.cf} is
   * @param options of its command line
   */
  static ServerProcess start(Path folder, String... options) throws IOException {
    return start(List.of(), folder, options);
  }

  /**
   * The same by another program.
   *
   * @param launcher a command, without what it is to start, that is replaced by it
   */
  static ServerProcess start(List<String> launcher, Path folder, String... options)
      throws IOException {
    var command = new ArrayList<>(launcher);
    command.addAll(command());
    return start(command, folder.toString(), folder.resolve("stderr"), options);
  }

  /**
   * The same with a command of the test's own.
   *
   * @param command that starts the program, without arguments
   * @param configuration the folder with {@code main.cf} as the program sees it
   * @param errors where its standard error goes
   */
  static ServerProcess start(
      List<String> command, String configuration, Path errors, String... options)
      throws IOException {
    int adminPort = TestPorts.free();
    var words = new ArrayList<>(command);
    words.addAll(
        List.of(
            "-c", configuration, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:" + adminPort));
    words.addAll(List.of(options));
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    try {
      return new ServerProcess(process, adminPort);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw new IOException(Files.readString(errors), e);
    }
  }

  /** The command that starts the program that is tested, without arguments. */
  static List<String> command() {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "@src/main/app/java.options",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.mailservice.smtpd.Main");
  }

  private InetSocketAddress awaitStart() throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      log.add(line);
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return new InetSocketAddress(started.group(1), Integer.parseInt(started.group(2)));
      }
    }
    throw new IOException("it does not start: " + log);
  }

  TestClient connect() throws IOException {
    return new TestClient(address);
  }

  InetSocketAddress address() {
    return address;
  }

  /** A file as the process sees it, which may see another file system than the test. */
  Path seen(Path file) {
    return Path.of("/proc", String.valueOf(process.pid()), "root", file.toString());
  }

  /** From now on somebody reads what it says. */
  ServerProcess readLog() {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                  log.add(line);
                }
              } catch (IOException e) {
                // It has ended.
                return;
              }
            });
    return this;
  }

  /** What was read of its log. */
  List<String> log() {
    return log;
  }

  /** A metric's value, as {@code curl} would show it. */
  double metric(String name) throws IOException, InterruptedException {
    var metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(adminPort));
    try (HttpClient http = HttpClient.newHttpClient()) {
      String text =
          http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      return text.lines()
          .filter(line -> line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
          .sum();
    }
  }

  /** From now on nobody will ever read what it says. */
  void closeOutput() throws IOException {
    out.close();
  }

  /** SIGKILL, of which it hears nothing. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. Process.destroy would also close the output that is still to be read. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Its exit status. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
