package dev.mailservice.e2e.loss;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** This project's server, by the launcher that administrators use. */
final class Smtpd implements MailServer {
  private static final Pattern STARTED = Pattern.compile("started: /?[0-9a-f.:]+:(\\d+), ");
  private static final long LOOK_MILLIS = 5;
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final InetSocketAddress address;

  private Smtpd(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  static Smtpd start(Path project, Setting setting) throws IOException, InterruptedException {
    Files.writeString(setting.folder().resolve("main.cf"), setting.mainCf());
    Path log = Files.createTempFile(setting.folder(), "server", ".log");
    var command = new ArrayList<>(setting.disk().launcher());
    command.addAll(
        List.of(
            project.resolve("smtpd-image/smtpd").toString(),
            "-c",
            setting.folder().toString(),
            "--listen",
            "127.0.0.1:0",
            "--admin",
            "127.0.0.1:0",
            "--drain-timeout",
            setting.drain().toSeconds() + "s",
            "-o",
            "stress="));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int port = awaitStart(process, log);
      return new Smtpd(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException | InterruptedException | RuntimeException failure) {
      process.destroyForcibly();
      throw failure;
    }
  }

  private static int awaitStart(Process process, Path log)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      Matcher started = STARTED.matcher(Files.readString(log));
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
      if (!process.isAlive()) {
        break;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new IOException("the server does not start: " + Files.readString(log));
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void terminate() {
    process.toHandle().destroy();
  }

  @Override
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
