package dev.mailservice.smtpd.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvConfTest {
  private final AtomicLong nanos = new AtomicLong();

  @TempDir private Path folder;

  private List<String> servers(String text) throws IOException {
    return servers(
        new ResolvConf(Files.writeString(folder.resolve("resolv.conf"), text), nanos::get));
  }

  private static List<String> servers(ResolvConf resolvConf) {
    return resolvConf.servers().stream().map(ResolvConfTest::shown).toList();
  }

  private static String shown(InetSocketAddress it) {
    return it.getAddress().getHostAddress() + " " + it.getPort();
  }

  @Test
  void a_pod_has_one_server_and_search_domains_that_do_not_matter() throws IOException {
    assertThat(
            servers(
                """
                search mail.svc.cluster.local svc.cluster.local cluster.local
                nameserver 10.96.0.10
                options ndots:5
                """))
        .containsExactly("10.96.0.10 53");
  }

  @Test
  void there_are_at_most_three_servers_in_their_order() throws IOException {
    assertThat(
            servers(
                """
                # nameserver 192.0.2.9
                ; nameserver 192.0.2.9
                nameserver 192.0.2.1
                 nameserver\t2001:db8::1  # at home
                nameserver 192.0.2.3
                nameserver 192.0.2.4
                """))
        .containsExactly("192.0.2.1 53", "2001:db8:0:0:0:0:0:1 53", "192.0.2.3 53");
  }

  @Test
  void a_server_may_have_a_port() throws IOException {
    assertThat(servers("nameserver [192.0.2.1]:5353\nnameserver [::1]:5353\n"))
        .containsExactly("192.0.2.1 5353", "0:0:0:0:0:0:0:1 5353");
  }

  @Test
  void what_is_no_address_is_no_server() throws IOException {
    assertThat(
            servers(
                "nameserver\nnameserver dns.example\nnameserver fe80::1%nowhere0\n"
                    + "nameserver 192.0.2.1\n"))
        .containsExactly("192.0.2.1 53");
  }

  @Test
  void without_servers_the_machine_itself_is_asked() throws IOException {
    assertThat(servers("search example.test\n")).containsExactly("127.0.0.1 53");
    assertThat(servers(new ResolvConf(folder.resolve("none"), nanos::get)))
        .containsExactly("127.0.0.1 53");
  }

  @Test
  void a_file_that_changes_is_read_again_and_one_that_is_gone_is_remembered() throws IOException {
    Path file = folder.resolve("resolv.conf");
    var resolvConf = new ResolvConf(file, nanos::get);
    assertThat(servers(resolvConf)).containsExactly("127.0.0.1 53");
    Files.writeString(file, "nameserver 192.0.2.1\n");
    assertThat(servers(resolvConf)).as("within a second").containsExactly("127.0.0.1 53");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(servers(resolvConf)).containsExactly("192.0.2.1 53");
    Files.writeString(file, "nameserver 192.0.2.2\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(servers(resolvConf)).containsExactly("192.0.2.2 53");
    Files.delete(file);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(servers(resolvConf)).containsExactly("192.0.2.2 53");
  }
}
