package dev.mailservice.smtpd.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogTest {
  private static final String HEADER =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";

  @TempDir private Path folder;

  private Backlog backlog(int port, String tcp6, String tcp) throws Exception {
    Path six = Files.writeString(folder.resolve("tcp6"), HEADER + tcp6);
    Path four = Files.writeString(folder.resolve("tcp"), HEADER + tcp);
    return new Backlog(List.of(six, four), port);
  }

  @Test
  void the_receive_queue_of_the_listening_socket_is_who_waits() throws Exception {
    String line = "   0: 00000000000000000000000000000000:09DD 0:0 0A 00000000:0000002A 00:0 0\n";
    assertThat(backlog(2525, line, "").length()).hasValue(42);
    assertThat(backlog(25, line, "").length()).isEmpty();
  }

  @Test
  void a_session_on_the_same_port_is_nobody_who_waits() throws Exception {
    String line = "   0: 0100007F:09DD 0100007F:D431 01 00000000:0000002A 00:0 0\n";
    assertThat(backlog(2525, "", line).length()).isEmpty();
  }

  @Test
  void a_system_without_the_tables_tells_nothing() {
    assertThat(new Backlog(List.of(folder.resolve("missing")), 2525).length()).isEmpty();
  }

  @Test
  void the_longest_queue_is_what_cat_reads_too() throws Exception {
    var cat = new ProcessBuilder("cat", "/proc/sys/net/core/somaxconn").start();
    String said = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(Backlog.longest()).hasValue(Integer.parseInt(said.strip()));
  }
}
