package dev.mailservice.smtpd.reference;

import dev.mailservice.maincf.reference.BuildScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Debian's Dovecot, as far as it takes to log in: its authentication service on a port of loopback
 * and on a socket in a folder of its own. Nothing of the machine's own Dovecot is read or written.
 *
 * <p>It knows {@code joe} with the password {@code secret}, and {@code jane@example.test} with
 * {@code s3cret}.
 */
public final class RunningDovecot implements AutoCloseable {
  private static final String USERS =
      """
      joe:{PLAIN}secret
      jane@example.test:{PLAIN}s3cret
      """;

  private final RunningProgram dovecot;
  private final InetSocketAddress address;

  private RunningDovecot(RunningProgram dovecot, InetSocketAddress address) {
    this.dovecot = dovecot;
    this.address = address;
  }

  /** Whether it can be had here; with {@code CI=true} it must. Where it cannot, that is said. */
  public static boolean isAvailable() {
    return BuildScript.isDemandedOrCanRun(
        "logins at Dovecot",
        Files.isExecutable(Path.of("/usr/bin/dpkg-deb")) ? "" : "no dpkg-deb: Dovecot is Debian's");
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param mechanisms {@code auth_mechanisms}
   */
  public static RunningDovecot start(String mechanisms) throws IOException {
    Path program = new BuildScript("dovecot-reference").folder().resolve("run");
    Path folder = RunningProgram.folder("dovecot");
    InetSocketAddress address = freePort();
    Path configuration = folder.resolve("dovecot.conf");
    Files.writeString(folder.resolve("users"), USERS);
    Files.writeString(
        configuration, configuration(program.resolveSibling("root"), folder, address, mechanisms));
    Process process =
        new ProcessBuilder(
                "timeout",
                RunningProgram.ENDS_BY_ITSELF_AFTER_SECONDS,
                program.toString(),
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    var running = new RunningDovecot(new RunningProgram(folder, process), address);
    try {
      running.awaitGreeting();
    } catch (IOException | RuntimeException e) {
      running.close();
      throw e;
    }
    return running;
  }

  private static String configuration(
      Path root, Path folder, InetSocketAddress address, String mechanisms) {
    return """
        base_dir = %1$s/base
        state_dir = %1$s
        log_path = %1$s/log
        libexec_dir = %2$s/usr/lib/dovecot
        import_environment = LD_LIBRARY_PATH
        default_internal_user = %3$s
        default_internal_group =
        default_login_user = %3$s
        protocols =
        ssl = no
        disable_plaintext_auth = no
        auth_mechanisms = %4$s
        auth_failure_delay = 0
        passdb {
          driver = passwd-file
          args = %1$s/users
        }
        service auth {
          inet_listener {
            address = %5$s
            port = %6$d
          }
          unix_listener auth-client {
            mode = 0666
          }
        }
        # Without it a client that fails is not made to wait.
        service anvil {
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        """
        .formatted(
            folder,
            root,
            account(),
            mechanisms,
            address.getAddress().getHostAddress(),
            address.getPort());
  }

  /** Root's daemons change to another account, everybody else's cannot. */
  private static String account() {
    String name = System.getProperty("user.name");
    return name.equals("root") ? "daemon" : name;
  }

  private static InetSocketAddress freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }
  }

  private void awaitGreeting() throws IOException {
    if (!dovecot.await(() -> greeting().isPresent())) {
      throw new IOException("Dovecot does not start: %s %s".formatted(read("said"), read("log")));
    }
  }

  private Optional<String> greeting() {
    try (var socket = new Socket(address.getAddress(), address.getPort());
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.setSoTimeout(RunningProgram.START_MILLIS);
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String read(String file) throws IOException {
    Path path = dovecot.file(file);
    return Files.exists(path) ? Files.readString(path) : "";
  }

  /** As {@code smtpd_sasl_path} wants it. */
  public String path() {
    return "inet:%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
  }

  /** Its socket, as {@code smtpd_sasl_path} wants it. */
  public String socket() {
    return dovecot.file("base").resolve("auth-client").toString();
  }

  @Override
  public void close() {
    dovecot.close();
  }
}
