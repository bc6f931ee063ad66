package dev.mailservice.smtpd.reference;

import dev.mailservice.maincf.reference.PostfixReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Debian's Postfix as it runs in the wild, master and daemons, from a folder of its own: one smtpd
 * service on a port of loopback for each set of options. Nothing of the machine's own Postfix is
 * read or written, no mail leaves, and nothing stays behind.
 *
 * <p>Its master wants to be started by root, as its daemons change to another account.
 */
final class RunningPostfix implements Server, AutoCloseable {
  /** If the process that started it dies without a word. */
  private static final String ENDS_BY_ITSELF_AFTER_SECONDS = "900";

  private static final int START_MILLIS = 30_000;

  /** Accounts that are on every Debian; Postfix wants them to be neither root nor nobody. */
  private static final String OWNER = "daemon";

  private static final String SETGID_GROUP = "mail";

  private static final String PROCESS_LIMIT = "default_process_limit=";

  private static final Pattern RESOLVERS =
      Pattern.compile(
          "(my|relay_domains|virtual_|resolve_|allow_percent_hack|swap_bangpath|append_"
              + "|transport|inet_|proxy_interfaces|recipient_delimiter|empty_address)");

  private final Path folder;
  private final Map<List<String>, InetSocketAddress> services;
  private final Process master;
  private final Thread endedWithTheBuild = new Thread(this::end);

  private RunningPostfix(
      Path folder, Map<List<String>, InetSocketAddress> services, Process master) {
    this.folder = folder;
    this.services = services;
    this.master = master;
    Runtime.getRuntime().addShutdownHook(endedWithTheBuild);
  }

  /**
   * Starts it and waits until its services listen.
   *
   * @param mainCf what both servers have
   * @param optionSets the options of each smtpd that will be wanted
   */
  static RunningPostfix start(
      PostfixReference postfix, String mainCf, Collection<List<String>> optionSets)
      throws IOException {
    Path folder = Files.createTempDirectory("postfix");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<List<String>, InetSocketAddress> services = ports(new LinkedHashSet<>(optionSets));
    Path configuration = Files.createDirectory(folder.resolve("etc"));
    String libraries = postfix.libraries();
    Files.writeString(
        configuration.resolve("main.cf"), mainCf + ownSettings(postfix, folder, libraries));
    Files.writeString(configuration.resolve("master.cf"), masterCf(services));
    queue(folder);
    var command =
        new ProcessBuilder(
            postfix.folder().resolve("root/usr/lib/postfix/sbin/master").toString(),
            "-c",
            configuration.toString(),
            "-e",
            ENDS_BY_ITSELF_AFTER_SECONDS);
    command.environment().put("LD_LIBRARY_PATH", libraries);
    command.environment().put("MAIL_CONFIG", configuration.toString());
    command.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    var running = new RunningPostfix(folder, services, command.start());
    try {
      running.awaitServices();
    } catch (IOException | RuntimeException e) {
      running.close();
      throw e;
    }
    return running;
  }

  @Override
  public Transcript play(Dialogue dialogue) {
    InetSocketAddress service = services.get(dialogue.options());
    if (service == null) {
      throw new IllegalArgumentException("no service was asked for with " + dialogue.options());
    }
    return Conversation.play(dialogue, service);
  }

  /** What it has logged so far. */
  List<String> log() {
    try {
      Path log = folder.resolve("maillog");
      return Files.exists(log)
          ? List.of(Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1).split("\n"))
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ports that were free a moment ago, on an address that nobody else is likely to use. */
  private static Map<List<String>, InetSocketAddress> ports(Collection<List<String>> optionSets)
      throws IOException {
    long pid = ProcessHandle.current().pid();
    InetAddress address =
        InetAddress.getByAddress(
            new byte[] {127, (byte) (100 + pid % 100), (byte) (pid >> 8), (byte) (1 + pid % 250)});
    var services = new LinkedHashMap<List<String>, InetSocketAddress>();
    var held = new ArrayList<ServerSocket>();
    try {
      for (List<String> options : optionSets) {
        var socket = new ServerSocket(0, 1, address);
        held.add(socket);
        services.put(options, new InetSocketAddress(address, socket.getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    return services;
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

  private static String masterCf(Map<List<String>, InetSocketAddress> services) {
    var masterCf =
        new StringBuilder(
            """
            postlog unix-dgram n - n - 1 postlogd
            rewrite unix - - n - - trivial-rewrite
            proxymap unix - - n - - proxymap
            anvil unix - - n - 1 anvil
            flush unix n - n - 0 flush
            """);
    services.forEach(
        (options, address) -> {
          masterCf.append(
              "%s:%d inet n - n - %s smtpd\n"
                  .formatted(
                      address.getAddress().getHostAddress(),
                      address.getPort(),
                      processLimit(options)));
          options.forEach(it -> masterCf.append(option(it)));
          if (options.stream().anyMatch(RunningPostfix::isTheResolversToo)) {
            String resolver = "rewrite" + address.getPort();
            masterCf.append(option("rewrite_service_name = " + resolver));
            masterCf.append("%s unix - - n - - trivial-rewrite\n".formatted(resolver));
            options.forEach(it -> masterCf.append(option(it)));
          }
        });
    return masterCf.toString();
  }

  /** For master(8) it is a column, not an option. */
  private static String processLimit(List<String> options) {
    return options.stream()
        .filter(it -> it.startsWith(PROCESS_LIMIT))
        .map(it -> it.substring(PROCESS_LIMIT.length()))
        .findFirst()
        .orElse("-");
  }

  private static String option(String option) {
    return "  -o { %s }\n".formatted(option);
  }

  /** What an address means is for trivial-rewrite(8) to say, which has options of its own. */
  private static boolean isTheResolversToo(String option) {
    return RESOLVERS.matcher(option).lookingAt();
  }

  private static void queue(Path folder) throws IOException {
    var users = folder.getFileSystem().getUserPrincipalLookupService();
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.setOwner(data, users.lookupPrincipalByName(OWNER));
    for (String name :
        List.of("pid", "public", "private", "active", "deferred", "defer", "flush", "incoming")) {
      Path directory = Files.createDirectories(folder.resolve("queue").resolve(name));
      if (!name.equals("pid")) {
        Files.setOwner(directory, users.lookupPrincipalByName(OWNER));
      }
    }
  }

  /** It opens them in the order of master.cf, the last of them last. */
  private void awaitServices() throws IOException {
    InetSocketAddress last = services.values().stream().reduce((a, b) -> b).orElseThrow();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    while (!listens(last)) {
      if (!master.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(
            "the reference does not start: %s %s"
                .formatted(Files.readString(folder.resolve("said")), log()));
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private static boolean listens(InetSocketAddress address) {
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends exactly the master that was started, which ends its daemons. */
  private void end() {
    master.destroy();
    try {
      if (!master.waitFor(10, TimeUnit.SECONDS)) {
        master.destroyForcibly().waitFor();
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
