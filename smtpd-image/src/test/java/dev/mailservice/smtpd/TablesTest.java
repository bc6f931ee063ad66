package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.table.TestTableServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as a pod has them: files of a mounted ConfigMap, which change while the server runs. */
class TablesTest {
  private static final String REFUSED = "554 5.7.1 <user@new.test>: Relay access denied";
  private static final String TAKEN = "250 2.1.5 Ok";

  @TempDir private Path folder;

  /** As a kubelet writes a ConfigMap: a new directory, and one link that is swapped. */
  private Path mount(String version, String text) throws IOException {
    Path data = Files.createDirectory(folder.resolve(version));
    Files.writeString(data.resolve("table"), text);
    Path swap = folder.resolve("..data_tmp");
    Files.createSymbolicLink(swap, Path.of(version));
    Files.move(swap, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Path link = folder.resolve("table");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, Path.of("..data/table"));
    }
    return link;
  }

  private static String answer(TestServer server, String recipient) throws IOException {
    try (TestClient client = server.connect()) {
      client.reply();
      client.say("HELO client.test");
      client.say("MAIL FROM:<sender@client.test>");
      return client.say("RCPT TO:<%s>".formatted(recipient));
    }
  }

  private static long count(TestServer server, String text) {
    return server.log().stream().filter(line -> line.contains(text)).count();
  }

  @Test
  void a_table_that_is_swapped_counts_without_a_restart() throws Exception {
    Path table = mount("..1", "old.test yes\n");
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(nextHop, "relay_domains=texthash:" + table, "stress=")) {
      assertThat(answer(server, "user@new.test")).isEqualTo(REFUSED);
      mount("..2", "new.test yes\n");
      await().until(() -> answer(server, "user@new.test").equals(TAKEN));
      assertThat(answer(server, "user@old.test")).contains("Relay access denied");
    }
  }

  @Test
  void a_connection_that_is_open_sees_the_new_table_at_its_next_recipient() throws Exception {
    Path table = mount("..1", "old.test\n");
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "relay_domains=" + table);
        TestClient client = server.connect()) {
      client.reply();
      client.say("HELO client.test");
      client.say("MAIL FROM:<sender@client.test>");
      assertThat(client.say("RCPT TO:<user@new.test>")).isEqualTo(REFUSED);
      mount("..2", "new.test\n");
      await().until(() -> client.say("RCPT TO:<user@new.test>").equals(TAKEN));
    }
  }

  @Test
  void a_broken_new_table_keeps_the_old_one_and_is_logged_once() throws Exception {
    Path table = mount("..1", "192.0.2.0/24 yes\n127.0.0.0/8 yes\n");
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "mynetworks=cidr:" + table)) {
      assertThat(answer(server, "user@new.test")).isEqualTo(TAKEN);
      mount("..2", "192.0.2.1/24 yes\n");
      await()
          .until(
              () -> {
                assertThat(answer(server, "user@new.test")).isEqualTo(TAKEN);
                return count(server, "the version before is kept") > 0;
              });
      assertThat(count(server, table + ", line 1, column 1")).isEqualTo(1);
      mount("..3", "192.0.2.0/24 yes\n");
      await().until(() -> answer(server, "user@new.test").equals(REFUSED));
      assertThat(count(server, "the version before is kept")).isEqualTo(1);
    }
  }

  @Test
  void a_table_that_fails_is_a_warning_in_the_log_beside_the_refusal() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "relay_domains=fail:away")) {
      assertThat(answer(server, "user@new.test")).startsWith("451 4.3.0 ");
      await()
          .until(
              () -> count(server, "warning: relay_domains: table lookup problem: fail:away") == 1);
      await()
          .until(
              () ->
                  count(
                          server,
                          "NOQUEUE: reject: RCPT from unknown[127.0.0.1]: 451 4.3.0"
                              + " <user@new.test>: Temporary lookup failure; from=")
                      == 1);
    }
  }

  @Test
  void a_network_on_a_server_that_is_away_takes_no_mail_for_good() throws Exception {
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "mynetworks=tcp:127.0.0.1:1")) {
      assertThat(answer(server, "user@example.test"))
          .isEqualTo("451 4.3.0 <user@example.test>: Temporary lookup failure");
    }
  }

  @Test
  void every_table_with_errors_keeps_the_server_from_starting_and_is_named() throws Exception {
    Path table = mount("..1", "10.0.0.0/8 yes\n10.0.0.1/8 yes\n");
    try (var nextHop = new TestNextHop()) {
      assertThatThrownBy(
              () ->
                  TestServer.start(
                      nextHop,
                      "mynetworks=cidr:" + table,
                      "mydestination=ldap:/x",
                      "relay_domains=10.0.0.1/8",
                      "relay_recipient_maps=texthash:/nonexistent/table"))
          .isInstanceOf(Smtpd.StartException.class)
          .hasMessageContaining(table + ", line 2, column 1: mynetworks: non-null host address")
          .hasMessageContaining("-o: mydestination: unsupported dictionary type: ldap")
          .hasMessageContaining("-o: relay_domains: non-null host address bits in \"10.0.0.1/8\"")
          .hasMessageContaining(
              "-o: relay_recipient_maps: open /nonexistent/table: No such file or directory")
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(4));
    }
  }

  @Test
  void a_hash_table_is_read_from_its_text_and_the_log_says_so_once() throws Exception {
    Path table = mount("..1", "new.test yes\n");
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, "relay_domains=hash:" + table)) {
      assertThat(answer(server, "user@new.test")).isEqualTo(TAKEN);
      assertThat(count(server, "warning: -o: relay_domains: hash:" + table)).isEqualTo(1);
    }
  }

  @Test
  void names_that_are_not_absolute_begin_in_queue_directory() throws Exception {
    mount("..1", "new.test yes\n");
    try (var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop, "queue_directory=" + folder, "relay_domains=texthash:table")) {
      assertThat(answer(server, "user@new.test")).isEqualTo(TAKEN);
    }
  }

  @Test
  void a_list_of_who_may_what_is_asked_when_the_answer_may_be_another_and_not_with_each_command()
      throws Exception {
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var table = new TestTableServer(anyPort, '\n', question -> "500 nobody\n");
        var nextHop = new TestNextHop();
        TestServer server =
            TestServer.start(
                nextHop, "smtpd_authorized_xclient_hosts=tcp:[127.0.0.1]:" + table.port());
        TestClient client = server.connect()) {
      client.reply();
      client.say("EHLO client.test");
      int asked = table.questions().size();
      assertThat(asked).isPositive();
      for (int i = 0; i < 5; i++) {
        client.say("NOOP");
      }
      assertThat(table.questions()).hasSize(asked);
      client.say("EHLO client.test");
      assertThat(table.questions()).hasSizeGreaterThan(asked);
    }
  }
}
