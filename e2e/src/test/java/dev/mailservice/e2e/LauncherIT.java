package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.mailservice.e2e.flood.FloodEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a plain process, installed and started as {@code docs/alone.md} says. */
class LauncherIT {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
  private static final Pattern STARTED = Pattern.compile("started: /(127\\.0\\.0\\.1:\\d+), ");

  /** What is copied to a host; see {@code docs/alone.md}. */
  private static final List<String> INSTALLED =
      List.of(".mvn/jdk.sh", "smtpd-image/smtpd", "smtpd-image/target/app");

  @TempDir private Path folder;
  private Path installation;

  @BeforeEach
  void install() throws IOException {
    installation = folder.resolve("opt");
    for (String name : INSTALLED) {
      copy(ROOT.resolve(name), installation.resolve(name));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = from.equals(file) ? to : to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** As systemd would, which gives a service hardly any environment. */
  private ProcessBuilder launcher(List<String> arguments) {
    var command = new ArrayList<>(List.of(installation.resolve("smtpd-image/smtpd").toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().retainAll(List.of("PATH", "JAVA_HOME"));
    return builder;
  }

  @Test
  void mailLandsInMaildirsWhileIdleClientsHoldAllSlots() throws Exception {
    Path mailbox = Files.createDirectories(folder.resolve("mail/user"));
    var arguments =
        new ArrayList<>(
            List.of(
                "-c",
                ROOT.resolve("examples/alone/maildir").toString(),
                "-o",
                "mail_spool_directory=" + mailbox.getParent() + "/",
                "--listen",
                "127.0.0.1:0",
                "--admin",
                "127.0.0.1:0",
                "--drain-timeout",
                "1s"));
    arguments.addAll(IdleFlood.serverOptions());
    Process server = launcher(arguments).redirectErrorStream(true).start();
    try {
      BufferedReader log = server.inputReader(StandardCharsets.UTF_8);
      String address = awaitStart(log);
      // Nobody reads the rest of the log, which must not matter.
      FloodEvent.Summary flood = IdleFlood.against(address, List.of());
      assertThat(flood.flood().offered()).isPositive();
      assertThat(flood.total().share()).as("share of good mail").isEqualTo(1);
      assertThat(flood.onsetToFirstStressedBannerS()).isNotNull();
      try (Stream<Path> mails = Files.list(mailbox.resolve("new"))) {
        assertThat(mails).hasSize((int) flood.total().accepted());
      }
      server.destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isZero();
    } finally {
      server.destroyForcibly();
    }
  }

  private static String awaitStart(BufferedReader log) throws IOException {
    var said = new ArrayList<String>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.add(line);
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return started.group(1);
      }
    }
    throw new IOException("it does not start: " + said);
  }

  @Test
  void systemdHasNothingToSayAgainstTheUnit() throws Exception {
    String unit = Files.readString(ROOT.resolve("examples/alone/front-of-postfix/smtpd.service"));
    String installed = "/opt/mailservice/smtpd-image/smtpd";
    assertThat(unit).contains("ExecStart=" + installed + " ");
    Path file =
        Files.writeString(
            folder.resolve("smtpd.service"),
            unit.replace(installed, installation.resolve("smtpd-image/smtpd").toString()));
    var verify = new ProcessBuilder("systemd-analyze", "verify", file.toString());
    Process process;
    try {
      process = verify.redirectErrorStream(true).start();
    } catch (IOException e) {
      abort("no systemd here: " + e.getMessage());
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void theUnitsCommandLineIsOneThatTheServerUnderstands() throws Exception {
    String command =
        Files.readAllLines(ROOT.resolve("examples/alone/front-of-postfix/smtpd.service")).stream()
            .filter(it -> it.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow();
    var words = new ArrayList<>(List.of(command.split(" ")).subList(1, command.split(" ").length));
    Map<String, String> elsewhere =
        Map.of(
            "/etc/mailservice", ROOT.resolve("examples/alone/front-of-postfix").toString(),
            "[::]:25", "127.0.0.1:0",
            "127.0.0.1:8080", "127.0.0.1:0");
    words.replaceAll(it -> elsewhere.getOrDefault(it, it));
    Process server = launcher(words).redirectErrorStream(true).start();
    try {
      assertThat(awaitStart(server.inputReader(StandardCharsets.UTF_8))).startsWith("127.0.0.1:");
    } finally {
      server.destroyForcibly();
    }
  }
}
