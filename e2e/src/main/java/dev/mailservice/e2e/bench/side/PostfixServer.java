package dev.mailservice.e2e.bench.side;

import dev.mailservice.e2e.smtp.AddressAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Debian's Postfix as the package runs it, but in a folder of its own: master and its daemons, no
 * chroot, its log in a file by postlogd(8). Nothing of the machine's own Postfix is read or
 * written. It wants root, as its daemons change to another account.
 */
public final class PostfixServer implements Side {
  /** An account that is on every Debian; Postfix wants it to be neither root nor nobody. */
  private static final String OWNER = "daemon";

  private static final String SETGID_GROUP = "mail";

  /** What smtpd asks, as Debian's {@code master.cf} has it. */
  private static final String MASTER_CF =
      """
      postlog unix-dgram n - n - 1 postlogd
      rewrite unix - - n - - trivial-rewrite
      proxymap unix - - n - - proxymap
      anvil unix - - n - 1 anvil
      tlsmgr unix - - n 1000? 1 tlsmgr
      %s inet n - n - - smtpd
      """;

  private final ServerFolder server;
  private final InetSocketAddress address;

  private PostfixServer(ServerFolder server, InetSocketAddress address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param project the folder of the project
   * @param mainCf what is no matter of folders and accounts; {@code default_process_limit} is how
   *     many processes smtpd may have
   * @throws IOException when it does not start, with its own words
   */
  public static PostfixServer start(Path project, String mainCf)
      throws IOException, InterruptedException {
    Path reference = reference(project);
    String libraries = libraries(reference);
    Path folder = ServerFolder.create("postfix");
    Path configuration = Files.createDirectory(folder.resolve("etc"));
    InetSocketAddress address = FreePort.find();
    Files.writeString(
        configuration.resolve("main.cf"), mainCf + ownSettings(reference, folder, libraries));
    Files.writeString(
        configuration.resolve("master.cf"), MASTER_CF.formatted(AddressAndPort.format(address)));
    queue(folder);
    var command =
        new ProcessBuilder(
            reference.resolve("root/usr/lib/postfix/sbin/master").toString(),
            "-c",
            configuration.toString());
    command.environment().put("LD_LIBRARY_PATH", libraries);
    command.environment().put("MAIL_CONFIG", configuration.toString());
    Path said = folder.resolve("said");
    Process process = command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    var server = new PostfixServer(new ServerFolder(folder, process), address);
    try {
      server.server.awaitServing(() -> FreePort.isTaken(address), said);
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static Path reference(Path project) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(project.resolve("build/postfix-reference").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String folder = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("build/postfix-reference failed; what it said stands above");
    }
    return Path.of(folder.strip());
  }

  private static String libraries(Path reference) throws IOException {
    try (Stream<Path> folders = Files.list(reference.resolve("root/usr/lib"))) {
      return folders
          .filter(it -> it.endsWith("postfix") || it.toString().endsWith("-linux-gnu"))
          .map(Path::toString)
          .collect(Collectors.joining(":"));
    }
  }

  private static String ownSettings(Path reference, Path folder, String libraries) {
    return """

        mail_owner = %1$s
        setgid_group = %2$s
        shlib_directory = %3$s/usr/lib/postfix
        meta_directory = %3$s/etc/postfix
        daemon_directory = %3$s/usr/lib/postfix/sbin
        command_directory = %3$s/usr/sbin
        queue_directory = %4$s/queue
        data_directory = %4$s/data
        maillog_file = %4$s/maillog
        maillog_file_prefixes = %4$s
        import_environment = LD_LIBRARY_PATH=%5$s LC_ALL=C MAIL_CONFIG MAIL_LOGTAG
        """
        .formatted(OWNER, SETGID_GROUP, reference.resolve("root"), folder, libraries);
  }

  private static void queue(Path folder) throws IOException {
    var accounts = folder.getFileSystem().getUserPrincipalLookupService();
    var owned = new ArrayList<>(List.of(Files.createDirectory(folder.resolve("data"))));
    Path queue = Files.createDirectory(folder.resolve("queue"));
    Files.createDirectory(queue.resolve("pid"));
    for (String name :
        List.of(
            "public",
            "private",
            "active",
            "bounce",
            "corrupt",
            "defer",
            "deferred",
            "flush",
            "hold",
            "incoming",
            "maildrop",
            "saved",
            "trace")) {
      owned.add(Files.createDirectory(queue.resolve(name)));
    }
    for (Path directory : owned) {
      Files.setOwner(directory, accounts.lookupPrincipalByName(OWNER));
    }
  }

  @Override
  public String name() {
    return "Postfix";
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public ProcessTree processes() {
    return server.processes();
  }

  @Override
  public void close() {
    server.close();
  }
}
