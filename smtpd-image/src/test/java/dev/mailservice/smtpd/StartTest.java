package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as an administrator starts it. */
class StartTest {
  private static final String GOOD = "smtpd_proxy_filter = 127.0.0.1:10025\n";

  @TempDir private Path folder;

  private record Ended(int status, String errors) {}

  private Process start(String mainCf, String... arguments) throws IOException {
    Files.writeString(folder.resolve("main.cf"), mainCf);
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.mailservice.smtpd.Main"));
    unlessGiven(command, arguments, "-c", folder.toString());
    unlessGiven(command, arguments, "--listen", "127.0.0.1:0");
    unlessGiven(command, arguments, "--admin", "127.0.0.1:0");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static void unlessGiven(
      List<String> command, String[] arguments, String option, String value) {
    if (!List.of(arguments).contains(option)) {
      command.addAll(List.of(option, value));
    }
  }

  private Ended run(String mainCf, String... arguments) throws Exception {
    Process process = start(mainCf, arguments);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(
          process.exitValue(),
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void an_unknown_flag_is_one_line_and_status_1() throws Exception {
    assertThat(run(GOOD, "--fast"))
        .isEqualTo(
            new Ended(1, "smtpd: Unknown option: '--fast' (smtpd --help lists the options)\n"));
  }

  @Test
  void help_lists_the_options_and_starts_nothing() throws Exception {
    Process process = start("", "--help");
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      assertThat(said).contains("--listen", "--admin", "--drain-timeout", "-o", "-c");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_command_is_run_instead_of_the_server() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.mailservice.smtpd.Main",
                "postconf",
                "-dh",
                "smtpd_hard_error_limit")
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      assertThat(said).isEqualTo("${stress?{1}:{20}}\n");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_reference_that_is_not_closed_names_file_line_and_column() throws Exception {
    assertThat(run(GOOD + "\nsmtpd_timeout = ${stress?5\n"))
        .isEqualTo(
            new Ended(
                1,
                ("smtpd: %s/main.cf, line 3, column 17: smtpd_timeout: truncated macro reference:"
                        + " \"${stress?5\", want: a closing }\n")
                    .formatted(folder)));
  }

  @Test
  void a_value_that_is_wrong_under_stress_alone_stops_the_start_as_well() throws Exception {
    Ended ended = run(GOOD + "smtpd_timeout = ${stress?never}${stress:300}\n");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors()).contains("main.cf, line 2", "bad time value or unit: never");
  }

  @Test
  void a_missing_next_hop_says_what_would_be_right() throws Exception {
    assertThat(run("myhostname = mx.example.test\n"))
        .isEqualTo(
            new Ended(
                1,
                "smtpd: smtpd_proxy_filter is not set: mail has nowhere to go,"
                    + " want: smtpd_proxy_filter = host:port, or for a machine alone"
                    + " mail_spool_directory = /directory/ that ends in a slash\n"));
  }

  @Test
  void a_restriction_that_there_is_not_is_refused_with_its_line() throws Exception {
    Ended ended = run(GOOD + "smtpd_relay_restrictions = reject_everything, reject\n");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors())
        .contains("main.cf, line 2", "unknown smtpd restriction: \"reject_everything\"");
  }

  @Test
  void an_open_relay_does_not_start() throws Exception {
    Ended ended = run(GOOD + "smtpd_relay_restrictions = permit_mynetworks\n");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.errors()).contains("specify at least one working instance of");
  }

  @Test
  void every_broken_table_is_a_line_with_file_and_line() throws Exception {
    Path table = Files.writeString(folder.resolve("relay"), "10.0.0.1/8 yes\n");
    assertThat(
            run(
                GOOD
                    + "mynetworks = cidr:%s\n".formatted(table)
                    + "relay_recipient_maps = texthash:/nonexistent/recipients\n"))
        .isEqualTo(
            new Ended(
                1,
                """
                smtpd: %s, line 1, column 1: mynetworks: non-null host address bits in \
                "10.0.0.1/8", perhaps you should use "10.0.0.0/8" instead: this rule is skipped
                smtpd: %s/main.cf, line 3, column 24: relay_recipient_maps: \
                open /nonexistent/recipients: No such file or directory
                """
                    .formatted(table, folder)));
  }

  @Test
  void a_port_in_use_is_one_line_that_names_the_option() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Ended ended = run(GOOD, "--listen", "127.0.0.1:" + taken.getLocalPort());
      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.errors())
          .isEqualTo(
              "smtpd: --listen: cannot listen on [127.0.0.1]:%d: Address already in use\n"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void a_missing_file_and_a_bad_address_say_what_would_be_right() throws Exception {
    assertThat(run(GOOD, "-c", "/nonexistent").errors())
        .isEqualTo(
            "smtpd: open /nonexistent/main.cf: No such file or directory, want: a main.cf there, or"
                + " -c DIR\n");
    Path file = folder.resolve("main.cf");
    assertThat(run(GOOD, "-c", file.toString()).errors())
        .isEqualTo(
            "smtpd: open %s/main.cf: Not a directory, want: a main.cf there, or -c DIR\n"
                .formatted(file));
    assertThat(run(GOOD, "--listen", "2525").errors())
        .contains("\"2525\" is no address and port, want for example [::]:2525");
    assertThat(run(GOOD, "--drain-timeout", "never").errors())
        .contains("bad time value or unit: never");
  }

  @Test
  void after_SIGTERM_it_drains_and_ends_with_status_0() throws Exception {
    Process process = start(GOOD, "--drain-timeout", "1s");
    try {
      while (!process.inputReader().readLine().contains("started:")) {
        assertThat(process.isAlive()).isTrue();
      }
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void at_SIGTERM_while_tables_are_read_it_ends_with_status_0_and_has_listened_nowhere()
      throws Exception {
    Path table = folder.resolve("table");
    assertThat(new ProcessBuilder("mkfifo", table.toString()).start().waitFor()).isZero();
    int port = TestPorts.free();
    Process process =
        start(
            GOOD + "relay_recipient_maps = texthash:%s\n".formatted(table),
            "--listen",
            "127.0.0.1:" + port);
    // It goes on when the server reads, which waits then for more than there is.
    try (var written = Files.newOutputStream(table)) {
      process.toHandle().destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(process.inputReader().lines()).noneMatch(it -> it.contains("started:"));
      assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_second_SIGTERM_cuts_nobody() throws Exception {
    try (var nextHop = new TestNextHop()) {
      Files.writeString(
          folder.resolve("main.cf"),
          """
          myhostname = mx.example.test
          mydestination = example.test
          smtpd_relay_restrictions = reject_unauth_destination
          smtpd_proxy_filter = %s
          """
              .formatted(nextHop.address()));
      try (ServerProcess server = ServerProcess.start(folder, "--drain-timeout", "20s");
          TestClient client = server.connect().openMessage()) {
        server.readLog();
        server.terminate();
        await()
            .until(
                () ->
                    server.log().stream()
                        .anyMatch(it -> it.contains("another SIGTERM changes nothing")));
        server.terminate();
        client.send("hello\r\n");
        server.terminate();
        assertThat(client.say(".")).startsWith("250");
        assertThat(client.say("QUIT")).startsWith("221");
        assertThat(server.awaitEnd()).isZero();
        await()
            .until(
                () -> server.log().getLast().contains("drained: 1 sessions and 0 accepted since:"));
      }
    }
  }
}
