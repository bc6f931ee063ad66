package dev.mailservice.smtpd.reference;

import dev.mailservice.maincf.reference.PostfixReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Postfix's master with the services of a {@code master.cf}, in a folder of its own: nothing of the
 * machine's own Postfix is read or written, no mail leaves, and nothing stays behind.
 *
 * <p>It wants to be started by root, as its daemons change to another account.
 */
public final class PostfixMaster implements AutoCloseable {
  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  /** What smtpd asks, for a {@code master.cf}. */
  public static final String ASKED_BY_SMTPD =
      """
      postlog unix-dgram n - n - 1 postlogd
      rewrite unix - - n - - trivial-rewrite
      proxymap unix - - n - - proxymap
      anvil unix - - n - 1 anvil
      """;

  /** Accounts that are on every Debian; Postfix wants them to be neither root nor nobody. */
  private static final String OWNER = "daemon";

  private static final String SETGID_GROUP = "mail";

  /** Runs a command, and is replaced by it, that sees the files of a folder in /etc. */
  private static final String WITH_ETC =
      """
      folder=$1
      shift
      for file in hosts nsswitch.conf resolv.conf; do
        mount --bind "$folder/$file" "/etc/$file"
      done
      exec "$@"
      """;

  private final RunningProgram master;

  private PostfixMaster(RunningProgram master) {
    this.master = master;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param mainCf what is no matter of folders and accounts
   * @param masterCf the services
   * @param last where the last service of {@code master.cf} listens: they are opened in order
   */
  public static PostfixMaster start(
      PostfixReference postfix, String mainCf, String masterCf, InetSocketAddress last)
      throws IOException {
    return start(postfix, mainCf, masterCf, last, Optional.empty());
  }

  /**
   * The same on a machine whose names are found otherwise: it sees files of its own in {@code
   * /etc}, in a mount namespace that ends with it.
   *
   * @param etc the folder with {@code hosts}, {@code nsswitch.conf} and {@code resolv.conf}
   */
  public static PostfixMaster start(
      PostfixReference postfix,
      String mainCf,
      String masterCf,
      InetSocketAddress last,
      Optional<Path> etc)
      throws IOException {
    Path folder = RunningProgram.folder("postfix");
    Path configuration = Files.createDirectory(folder.resolve("etc"));
    String libraries = postfix.libraries();
    Files.writeString(
        configuration.resolve("main.cf"), mainCf + ownSettings(postfix, folder, libraries));
    Files.writeString(configuration.resolve("master.cf"), masterCf);
    queue(folder);
    var words = new ArrayList<String>();
    etc.ifPresent(
        it ->
            words.addAll(
                List.of("unshare", "--mount", "sh", "-ec", WITH_ETC, "sh", it.toString())));
    words.addAll(
        List.of(
            postfix.folder().resolve("root/usr/lib/postfix/sbin/master").toString(),
            "-c",
            configuration.toString(),
            "-e",
            RunningProgram.ENDS_BY_ITSELF_AFTER_SECONDS));
    var command = new ProcessBuilder(words);
    command.environment().put("LD_LIBRARY_PATH", libraries);
    command.environment().put("MAIL_CONFIG", configuration.toString());
    command.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    var running = new PostfixMaster(new RunningProgram(folder, command.start()));
    try {
      running.awaitListening(last);
    } catch (IOException | RuntimeException e) {
      running.close();
      throw e;
    }
    return running;
  }

  /** What it has logged so far. */
  public List<String> log() {
    try {
      Path log = logFile();
      return Files.exists(log)
          ? Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it logs, once it has logged anything. */
  public Path logFile() {
    return master.file("maillog");
  }

  /**
   * Ports that were free a moment ago, on an address of their own: the system gives out a free port
   * again as soon as it is let go, and two references must not meet.
   */
  public static List<InetSocketAddress> freePorts(int count) throws IOException {
    InetAddress address = ownAddress();
    var ports = new ArrayList<InetSocketAddress>();
    var held = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        var socket = new ServerSocket(0, 1, address);
        held.add(socket);
        ports.add(new InetSocketAddress(address, socket.getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    return ports;
  }

  /** Another address of loopback with each call; other processes are unlikely to use it. */
  static InetAddress ownAddress() throws IOException {
    long pid = ProcessHandle.current().pid();
    return InetAddress.getByAddress(
        new byte[] {
          127,
          (byte) (100 + pid % 100),
          (byte) (pid >> 8),
          (byte) (1 + ADDRESSES.getAndIncrement() % 254)
        });
  }

  /** An smtpd in {@code master.cf} at an address, with options of its own. */
  static String smtpd(InetSocketAddress address, List<String> options) {
    return smtpd(address, "-", options);
  }

  /**
   * The same with a limit.
   *
   * @param processLimit as {@code master.cf} has it
   */
  static String smtpd(InetSocketAddress address, String processLimit, List<String> options) {
    return "%s:%d inet n - n - %s smtpd\n%s"
        .formatted(
            address.getAddress().getHostAddress(),
            address.getPort(),
            processLimit,
            options(options));
  }

  /** The options of a service in {@code master.cf}. */
  static String options(List<String> options) {
    return options.stream().map(it -> "  -o { %s }\n".formatted(it)).collect(Collectors.joining());
  }

  private static String ownSettings(PostfixReference postfix, Path folder, String libraries) {
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
        max_idle = 3s
        notify_classes =
        """
        .formatted(OWNER, SETGID_GROUP, postfix.folder().resolve("root"), folder, libraries);
  }

  private static void queue(Path folder) throws IOException {
    var users = folder.getFileSystem().getUserPrincipalLookupService();
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setOwner(data, users.lookupPrincipalByName(OWNER));
    for (String name :
        List.of(
            "pid",
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
      Path directory = Files.createDirectories(folder.resolve("queue").resolve(name));
      if (!name.equals("pid")) {
        Files.setOwner(directory, users.lookupPrincipalByName(OWNER));
      }
    }
  }

  private void awaitListening(InetSocketAddress last) throws IOException {
    if (!master.await(() -> listens(last))) {
      throw new IOException(
          "the reference does not start: %s %s"
              .formatted(Files.readString(master.file("said")), log()));
    }
  }

  private static boolean listens(InetSocketAddress address) {
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    master.close();
  }
}
