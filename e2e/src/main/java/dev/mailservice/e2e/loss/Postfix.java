package dev.mailservice.e2e.loss;

import dev.mailservice.e2e.bench.side.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's Postfix as a before-queue proxy, from the folder that {@code build/postfix-reference}
 * makes. Only root can start it. It has a process namespace of its own, so that SIGKILL ends all of
 * it in one moment.
 */
final class Postfix implements MailServer {
  private static final String OWNER = "daemon";
  private static final List<String> QUEUES =
      List.of(
          "active",
          "bounce",
          "corrupt",
          "defer",
          "deferred",
          "flush",
          "hold",
          "incoming",
          "maildrop",
          "pid",
          "private",
          "public",
          "saved",
          "trace");

  /** The first process of a namespace, which a signal that it has no handler for does not end. */
  private static final String INIT = "\"$@\" & wait";

  private static final long LOOK_MILLIS = 5;
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final InetSocketAddress address;

  private Postfix(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  static Postfix start(Path project, Setting setting) throws IOException, InterruptedException {
    Path reference = Path.of(said(project.resolve("build/postfix-reference").toString()));
    Path folder = Files.createTempDirectory(setting.folder(), "postfix");
    Files.setPosixFilePermissions(setting.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String queue : QUEUES) {
      own(Files.createDirectories(folder.resolve("queue").resolve(queue)));
    }
    own(Files.createDirectory(folder.resolve("data")));
    InetSocketAddress address = FreePort.find();
    String libraries = libraries(reference);
    Path etc = Files.createDirectory(folder.resolve("etc"));
    Files.writeString(
        etc.resolve("main.cf"), setting.mainCf() + settings(reference, folder, libraries));
    Files.writeString(etc.resolve("master.cf"), services(address.getPort()));
    ProcessBuilder master =
        new ProcessBuilder(
                "unshare",
                "--pid",
                "--fork",
                "--mount-proc",
                "sh",
                "-c",
                INIT,
                "sh",
                reference.resolve("root/usr/lib/postfix/sbin/master").toString(),
                "-c",
                etc.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    master.environment().put("LD_LIBRARY_PATH", libraries);
    master.environment().put("MAIL_CONFIG", etc.toString());
    Process process = master.start();
    try {
      awaitStart(process, address, folder);
      return new Postfix(process, address);
    } catch (IOException | InterruptedException | RuntimeException failure) {
      process.children().forEach(ProcessHandle::destroyForcibly);
      throw failure;
    }
  }

  /** What Debian's package would set up, in a folder of its own. */
  private static String settings(Path reference, Path folder, String libraries) {
    return """
    mail_owner = %3$s
    setgid_group = mail
    shlib_directory = %1$s/root/usr/lib/postfix
    meta_directory = %1$s/root/etc/postfix
    daemon_directory = %1$s/root/usr/lib/postfix/sbin
    command_directory = %1$s/root/usr/sbin
    queue_directory = %2$s/queue
    data_directory = %2$s/data
    maillog_file = %2$s/maillog
    maillog_file_prefixes = %2$s
    import_environment = LD_LIBRARY_PATH=%4$s LC_ALL=C MAIL_CONFIG MAIL_LOGTAG
    inet_protocols = ipv4
    alias_maps =
    """
        .formatted(reference, folder, OWNER, libraries);
  }

  private static String services(int port) {
    return """
    postlog unix-dgram n - n - 1 postlogd
    rewrite unix - - n - - trivial-rewrite
    proxymap unix - - n - - proxymap
    anvil unix - - n - 1 anvil
    127.0.0.1:%d inet n - n - 100 smtpd
    """
        .formatted(port);
  }

  private static String libraries(Path reference) throws IOException {
    var folders = new ArrayList<String>();
    folders.add(reference.resolve("root/usr/lib/postfix").toString());
    try (Stream<Path> lib = Files.list(reference.resolve("root/usr/lib"))) {
      lib.map(Path::toString).filter(it -> it.endsWith("-linux-gnu")).forEach(folders::add);
    }
    return String.join(":", folders);
  }

  private static void own(Path folder) throws IOException {
    Files.setOwner(
        folder,
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER));
  }

  private static String said(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = process.inputReader(StandardCharsets.UTF_8).readAllAsString().strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " has failed");
    }
    return said;
  }

  private static void awaitStart(Process process, InetSocketAddress address, Path folder)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try (var socket = new Socket(address.getAddress(), address.getPort())) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
    throw new IOException("Postfix does not start: " + Files.readString(folder.resolve("said")));
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  /** The first process of a namespace takes all others with it. */
  @Override
  public void kill() throws InterruptedException {
    process.children().forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }

  @Override
  public void terminate() {
    process.children().flatMap(ProcessHandle::children).forEach(ProcessHandle::destroy);
  }

  @Override
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    process.children().forEach(ProcessHandle::destroyForcibly);
  }
}
