package dev.mailservice.smtpd.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.LookupTable;
import dev.mailservice.maincf.table.TableReference;
import dev.mailservice.smtpd.TestNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableServersTest {
  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static String netstring(String payload) {
    return payload.getBytes(StandardCharsets.UTF_8).length + ":" + payload + ",";
  }

  private static LookupTable open(String reference) {
    return new TableServers(System::nanoTime).open(TableReference.parse(reference));
  }

  private static LookupTable socketmap(TestTableServer server) throws IOException {
    return open("socketmap:inet:127.0.0.1:%d:access".formatted(server.port()));
  }

  private static LookupTable tcp(TestTableServer server) throws IOException {
    return open("tcp:[127.0.0.1]:" + server.port());
  }

  private static TestTableServer answering(char end, UnaryOperator<String> answers)
      throws IOException {
    return new TestTableServer(anyPort(), end, answers);
  }

  @Test
  void a_name_that_nobody_answers_for_has_the_time_of_one_question_and_no_more() {
    var server =
        new LookupServer(
            Endpoint.parse("inet:%stable.test:1".formatted(TestNames.SILENT)),
            Duration.ofMillis(300),
            LookupServer.Lifetime.OF_TABLES,
            System::nanoTime);
    assertThatThrownBy(() -> server.ask(new byte[0], LookupServer.Input::read))
        .hasMessage("host not found in time");
  }

  @Test
  void a_socketmap_server_is_asked_for_the_key_in_its_map() throws IOException {
    try (var server =
        answering(',', it -> netstring(it.contains("é") ? "OK réponse" : "NOTFOUND "))) {
      LookupTable table = socketmap(server);
      assertThat(table.lookup("é@example.com")).contains("réponse");
      assertThat(table.lookup("nobody")).isEmpty();
      assertThat(server.questions())
          .containsExactly("21:access é@example.com,", "13:access nobody,");
      assertThat(server.connections()).isEqualTo(1);
      assertThat(table.keys()).isEqualTo(LookupTable.Keys.PATTERN);
    }
  }

  @Test
  void a_socket_in_the_file_system_will_do(@TempDir Path directory) throws IOException {
    Path socket = directory.resolve("s");
    try (var server =
        new TestTableServer(
            UnixDomainSocketAddress.of(socket), ',', question -> netstring("OK yes"))) {
      assertThat(open("socketmap:unix:" + socket + ":access").lookup("a")).contains("yes");
      assertThat(server.questions()).containsExactly("8:access a,");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10:TEMP later,| temporary error: later",
        "8:TIMEOUT ,| timeout error",
        "9:PERM nono,| permanent error: nono",
        "4:WHAT,| unknown error",
        "2x:OK,| netstring format error",
        ":,| netstring format error",
        "2:OKx| netstring format error",
        "100001:| netstring too large",
        "0000000:| netstring too large",
      })
  void a_socketmap_answer_that_is_none_is_a_failure(String answer, String message)
      throws IOException {
    try (var server = answering(',', question -> answer)) {
      LookupTable table = socketmap(server);
      assertThatThrownBy(() -> table.lookup("a"))
          .isInstanceOf(LookupFailure.class)
          .hasMessageContaining(message.strip());
    }
  }

  @Test
  void OK_alone_is_not_found_as_in_Postfix() throws IOException {
    try (var server = answering(',', question -> netstring("OK"))) {
      assertThat(socketmap(server).lookup("a")).isEmpty();
    }
  }

  @Test
  void a_tcp_server_gets_and_sends_lines_with_escapes() throws IOException {
    try (var server =
        answering('\n', it -> it.contains("joe") ? "200 a%20b%C3%A9\n" : "500 no\n")) {
      LookupTable table = tcp(server);
      assertThat(table.lookup("joe doe%é")).contains("a bé");
      assertThat(table.lookup("else")).isEmpty();
      assertThat(server.questions()).containsExactly("get joe%20doe%25%C3%A9\n", "get else\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400 busy, '400 busy'",
    "hello, 'malformed reply: hello'",
    "300 x, 'malformed reply: 300 x'",
    "200 a%2, 'malformed reply: 200 a%2'",
    "200 a%zz, 'malformed reply: 200 a%zz'",
  })
  void a_tcp_answer_that_is_none_is_a_failure(String answer, String message) throws IOException {
    try (var server = answering('\n', question -> answer + "\n")) {
      LookupTable table = tcp(server);
      assertThatThrownBy(() -> table.lookup("a"))
          .isInstanceOf(LookupFailure.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void a_tcp_answer_without_end_is_a_failure() throws IOException {
    try (var server = answering('\n', question -> "200 " + "a".repeat(5000))) {
      LookupTable table = tcp(server);
      assertThatThrownBy(() -> table.lookup("a")).hasMessageContaining("text longer than 4096");
    }
  }

  @Test
  void a_server_that_has_closed_an_idle_connection_is_connected_to_again() throws IOException {
    try (var server = answering('\n', question -> "200 yes\n")) {
      LookupTable table = tcp(server);
      assertThat(table.lookup("a")).contains("yes");
      server.dropConnections();
      assertThat(table.lookup("b")).contains("yes");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_that_was_idle_for_long_is_not_used_again() throws IOException {
    var now = new AtomicLong();
    try (var server = answering('\n', question -> "200 yes\n")) {
      LookupTable table =
          new TableServers(now::get).open(TableReference.parse("tcp:127.0.0.1:" + server.port()));
      table.lookup("a");
      now.addAndGet(Duration.ofSeconds(9).toNanos());
      table.lookup("b");
      assertThat(server.connections()).isEqualTo(1);
      now.addAndGet(Duration.ofSeconds(11).toNanos());
      table.lookup("c");
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void a_server_that_does_not_answer_in_time_is_a_failure() throws IOException {
    try (var server = answering('\n', question -> "")) {
      LookupTable table =
          new TableServers(Duration.ofMillis(50), System::nanoTime)
              .open(TableReference.parse("tcp:127.0.0.1:" + server.port()));
      assertThatThrownBy(() -> table.lookup("a"))
          .isInstanceOf(LookupFailure.class)
          .hasMessageContaining("time limit exceeded");
    }
  }

  @Test
  void a_server_that_is_away_is_a_failure() throws IOException {
    int port;
    try (var server = answering('\n', question -> "")) {
      port = server.port();
    }
    LookupTable table = open("tcp:127.0.0.1:" + port);
    assertThatThrownBy(() -> table.lookup("a"))
        .isInstanceOf(LookupFailure.class)
        .hasMessageContaining("table tcp:127.0.0.1:%d lookup error".formatted(port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socketmap:nothing",
        "socketmap:inet:host:map",
        "socketmap:udp:host:1:map",
        "socketmap:unix::map",
        "tcp:host",
        "tcp:host:0",
        "tcp:host:99999",
        "ldap:x:y"
      })
  void a_name_that_is_no_server_is_refused(String reference) {
    assertThatThrownBy(() -> open(reference)).isInstanceOf(IllegalArgumentException.class);
  }
}
