package dev.mailservice.smtpd.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options, files and exit statuses; what is printed is shown by maincf's transcripts. */
class CommandTest {
  private static final String CLEAN =
      "compatibility_level = 3.11\nsmtpd_proxy_filter = 127.0.0.1:10025\n";

  @TempDir private Path folder;

  private record Ended(int status, String out, String errors) {}

  private interface Run {
    int run(List<String> arguments, PrintStream out, PrintStream err);
  }

  private static Ended run(Run command, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int status =
        command.run(
            List.of(arguments),
            new PrintStream(out, false, ISO_8859_1),
            new PrintStream(err, false, ISO_8859_1));
    return new Ended(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private Ended postconf(String... arguments) {
    return run(PostconfCommand::run, arguments);
  }

  private Ended check(String... arguments) {
    return run(CheckCommand::run, arguments);
  }

  private String write(String mainCf) throws IOException {
    Files.writeString(folder.resolve("main.cf"), mainCf, UTF_8);
    return folder.toString();
  }

  @BeforeEach
  void a_file_that_can_be_run() throws IOException {
    write(CLEAN);
  }

  @Test
  void options_may_be_joined_as_getopt_has_them() throws IOException {
    String dir = write("smtpd_timeout = ${stress?5}${stress:50}\n");
    assertThat(postconf("-nxc", dir, "smtpd_timeout"))
        .isEqualTo(new Ended(0, "smtpd_timeout = 50\n", ""));
    assertThat(postconf("-hxostress=yes", "-c" + dir, "smtpd_timeout"))
        .isEqualTo(new Ended(0, "5\n", ""));
    assertThat(postconf("-c", dir, "-pHf", "smtpd_timeout").out()).isEqualTo("smtpd_timeout\n");
  }

  @Test
  void what_follows_the_first_name_is_a_name() {
    assertThat(postconf("-d", "smtpd_timeout", "-n"))
        .isEqualTo(
            new Ended(
                0,
                "smtpd_timeout = ${stress?{10}:{300}}s\n",
                "postconf: warning: -n: unknown parameter\n"));
  }

  @Test
  void an_option_that_there_is_not_and_options_that_exclude_each_other_are_one_line() {
    assertThat(postconf("-e", "a=b"))
        .isEqualTo(
            new Ended(
                1,
                "",
                "postconf: fatal: Unknown option: '-e' (smtpd postconf --help lists the"
                    + " options)\n"));
    assertThat(postconf("-dn"))
        .isEqualTo(new Ended(1, "", "postconf: fatal: specify one of -d -n\n"));
    assertThat(check("--fast", "x").errors())
        .isEqualTo(
            "smtpd check: Unknown option: '--fast' (smtpd check --help lists the options)\n");
  }

  @Test
  void a_missing_file_is_named() {
    assertThat(postconf("-c", "/nonexistent"))
        .isEqualTo(
            new Ended(
                1, "", "postconf: fatal: open /nonexistent/main.cf: No such file or directory\n"));
    assertThat(check("-c", "/nonexistent"))
        .isEqualTo(
            new Ended(
                1, "", "smtpd check: open /nonexistent/main.cf: No such file or directory\n"));
    assertThat(check(folder.toString()).errors()).startsWith("smtpd check: read " + folder);
  }

  @Test
  void bytes_come_out_as_they_went_in() throws IOException {
    String dir = write("smtpd_banner = grüß Gott\n");
    assertThat(postconf("-c", dir, "-o", "mail_name=Böte", "smtpd_banner", "mail_name").out())
        .isEqualTo("smtpd_banner = grüß Gott\nmail_name = Böte\n");
  }

  @Test
  void help_lists_the_options() {
    assertThat(postconf("--help").out()).contains("--explain", "-n", "-x");
    assertThat(check("--help").out()).contains("--strict", "FILE");
  }

  @Test
  void explain_tells_of_each_named_parameter() {
    assertThat(postconf("-c", folder.toString(), "--explain", "smtpd_timeout").out())
        .contains("time, default unit s", "calm:     300s", "stressed: 10s");
    assertThat(postconf("-c", folder.toString(), "--explain", "smtpd_tiemout").errors())
        .contains("did you mean smtpd_timeout?");
  }

  @Test
  void a_clean_file_is_status_0_and_an_error_status_1() throws IOException {
    assertThat(check("-c", folder.toString()).status()).isZero();
    assertThat(check("-c", folder.toString()).out()).contains("main.cf: 0 errors, 0 warnings");
    write(CLEAN + "smtpd_timeout = never\nsmtpd_helo_required\n");
    Ended ended = check(folder.resolve("main.cf").toString());
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out())
        .contains("main.cf, line 3, column 17: error: ", "main.cf, line 4, column 20: error: ");
  }

  @Test
  void a_warning_is_status_0_unless_the_check_is_strict() throws IOException {
    String dir = write(CLEAN + "xyzzy = 1\n");
    assertThat(check("-c", dir).status()).isZero();
    assertThat(check("-c", dir, "--strict").status()).isEqualTo(1);
    assertThat(check("-c", dir, "--strict", "-o", "x").errors()).startsWith("smtpd check: -o: ");
  }

  @Test
  void what_the_server_would_refuse_beside_types_is_an_error() throws IOException {
    assertThat(check("-c", write("compatibility_level = 3.11\n")).out())
        .contains("main.cf: error: smtpd_proxy_filter is not set");
    assertThat(check("-c", write("smtpd_timeout = never\n")).out())
        .contains("smtpd_proxy_filter is not set", "bad time value or unit: never");
    assertThat(check("-c", write(CLEAN + "smtpd_relay_restrictions = xyzzy\n")))
        .matches(it -> it.status() == 1)
        .matches(it -> it.out().contains("\"xyzzy\""));
  }
}
