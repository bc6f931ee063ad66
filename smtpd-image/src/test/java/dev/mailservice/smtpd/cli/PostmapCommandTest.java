package dev.mailservice.smtpd.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed and with which status; what tables answer is shown by maincf's transcripts. */
class PostmapCommandTest {
  @TempDir private Path folder;

  private record Ended(int status, String out, String errors) {}

  private static Ended postmap(String input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int status =
        PostmapCommand.run(
            List.of(arguments),
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, false, ISO_8859_1),
            new PrintStream(err, false, ISO_8859_1));
    return new Ended(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  private String table(String text) throws IOException {
    return Files.writeString(folder.resolve("table"), text, UTF_8).toString();
  }

  @Test
  void a_key_that_is_there_is_its_value_and_status_0() throws IOException {
    String name = "texthash:" + table("joe@example.com  grüße\n");
    assertThat(postmap("", "-q", "Joe@Example.com", name)).isEqualTo(new Ended(0, "grüße\n", ""));
  }

  @Test
  void a_key_that_is_not_there_is_silence_and_status_1() throws IOException {
    String name = "texthash:" + table("joe@example.com  x\n");
    assertThat(postmap("", "-q", "jim@example.com", name)).isEqualTo(new Ended(1, "", ""));
  }

  @Test
  void keys_of_standard_input_stand_before_their_values() throws IOException {
    String name = "cidr:" + table("10.0.0.0/8 inside\n");
    assertThat(postmap("10.1.2.3\n192.0.2.1\n10.9.9.9", "-c", "/etc/postfix", "-q", "-", name))
        .isEqualTo(new Ended(0, "10.1.2.3\tinside\n10.9.9.9\tinside\n", ""));
    assertThat(postmap("192.0.2.1\n", "-q", "-", name)).isEqualTo(new Ended(1, "", ""));
  }

  @Test
  void the_first_table_that_has_the_key_answers() {
    assertThat(postmap("", "-q", "b", "inline:{a=1}", "inline:{b=2}", "static:3").out())
        .isEqualTo("2\n");
  }

  @Test
  void keys_are_not_folded_on_request() {
    assertThat(postmap("", "-f", "-q", "A", "inline:{a=1}").status()).isEqualTo(1);
    assertThat(postmap("", "-q", "A", "inline:{a=1}").status()).isZero();
  }

  @Test
  void a_line_that_is_wrong_is_a_warning_and_the_others_answer() throws IOException {
    String file = table("10.0.0.1/8 bad\n10.0.0.0/8 good\n");
    assertThat(postmap("", "-q", "10.0.0.1", "cidr:" + file))
        .matches(it -> it.status() == 0 && it.out().equals("good\n"))
        .matches(
            it ->
                it.errors()
                    .startsWith(
                        "postmap: warning: %s, line 1, column 1: non-null host address bits"
                            .formatted(file)));
  }

  @Test
  void a_table_that_is_none_and_one_that_fails_are_fatal() {
    assertThat(postmap("", "-q", "a", "texthash:/nonexistent/table"))
        .isEqualTo(
            new Ended(
                1, "", "postmap: fatal: open /nonexistent/table: No such file or directory\n"));
    assertThat(postmap("", "-q", "a", "ldap:/x").errors())
        .startsWith("postmap: fatal: unsupported dictionary type: ldap");
    assertThat(postmap("", "-q", "a", "fail:x").errors())
        .isEqualTo("postmap: fatal: table fail:x: query error: fail:x: this table always fails\n");
  }

  @Test
  void a_name_without_a_type_is_a_hash_table_whose_text_is_read() throws IOException {
    Ended ended = postmap("", "-q", "a", table("a 1\n"));
    assertThat(ended.out()).isEqualTo("1\n");
    assertThat(ended.errors()).startsWith("postmap: warning: hash:").contains("no index");
  }

  @Test
  void what_cannot_be_understood_is_one_line() {
    assertThat(postmap("", "inline:{a=1}"))
        .matches(it -> it.status() == 1)
        .matches(it -> it.errors().startsWith("postmap: fatal: Missing required option"));
    assertThat(postmap("", "--help").out()).contains("-q", "type:name");
  }
}
