package dev.mailservice.e2e.loss;

import dev.mailservice.e2e.bench.side.StartedLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This project's server, by the launcher that administrators use. */
final class Smtpd implements MailServer {
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
      return new Smtpd(process, StartedLine.await(process, log));
    } catch (IOException | InterruptedException | RuntimeException failure) {
      process.destroyForcibly();
      throw failure;
    }
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
