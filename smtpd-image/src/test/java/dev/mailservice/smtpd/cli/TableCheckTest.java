package dev.mailservice.smtpd.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code smtpd check} says of the tables that a file names. */
class TableCheckTest {
  private static final String CLEAN =
      "compatibility_level = 3.11\nsmtpd_proxy_filter = 127.0.0.1:10025\n";

  @TempDir private Path folder;

  private Path table(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text, UTF_8);
  }

  /** The lines about errors and warnings, without the folder's name. */
  private List<String> check(String mainCf) throws IOException {
    Path file = Files.writeString(folder.resolve("main.cf"), CLEAN + mainCf, UTF_8);
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    CheckCommand.run(
        List.of(file.toString()),
        new PrintStream(out, false, ISO_8859_1),
        new PrintStream(err, false, ISO_8859_1));
    assertThat(err.toString(UTF_8)).isEmpty();
    return out.toString(UTF_8)
        .lines()
        .filter(it -> it.contains(": error: ") || it.contains(": warning: "))
        .map(it -> it.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void a_table_that_is_as_it_should_be_is_nothing_to_speak_of() throws IOException {
    Path table = table("relay", "example.com yes\n");
    assertThat(check("relay_domains = texthash:%s\n".formatted(table))).isEmpty();
  }

  @Test
  void a_missing_table_and_a_type_that_there_is_not_are_errors_where_they_are_named()
      throws IOException {
    assertThat(
            check(
                "relay_domains = texthash:/nonexistent/relay\n"
                    + "mydestination = example.com,\n  mysql:/etc/postfix/domains.cf\n"))
        .containsExactly(
            "main.cf, line 3, column 17: error: relay_domains: open /nonexistent/relay: No such"
                + " file or directory",
            "main.cf, line 4, column 17: error: mydestination: unsupported dictionary type: mysql,"
                + " put a socketmap: or tcp: server in front of the database");
  }

  @Test
  void a_line_of_a_table_is_named_behind_the_file_that_names_the_table() throws IOException {
    Path table = table("networks", "10.0.0.0/8 yes\n192.168.0.1/16 yes\n");
    assertThat(check("mynetworks = cidr:%s\nsmtpd_timeout = never\n".formatted(table)))
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.getFirst()).startsWith("main.cf, line 4, column 17: error: ");
              assertThat(lines.getLast())
                  .startsWith(
                      "networks, line 2, column 1: error: mynetworks: non-null host address bits in"
                          + " \"192.168.0.1/16\"");
            });
  }

  @Test
  void a_network_with_host_bits_is_an_error_in_Postfix_s_words() throws IOException {
    assertThat(check("mynetworks = 10.0.0.1/8\n"))
        .containsExactly(
            "main.cf, line 3, column 14: error: mynetworks: non-null host address bits in"
                + " \"10.0.0.1/8\", perhaps you should use \"10.0.0.0/8\" instead");
  }

  @Test
  void a_table_is_looked_at_in_the_personality_that_names_it() throws IOException {
    assertThat(check("relay_domains = ${stress?{texthash:/nonexistent/relay}}\n"))
        .containsExactly(
            "main.cf, line 3, column 17: error: relay_domains: open /nonexistent/relay: No such"
                + " file or directory");
  }

  @Test
  void a_hash_table_without_an_index_is_read_and_a_warning() throws IOException {
    Path table = table("aliases", "alias.example x\njoe@alias.example joe@example.com\n");
    assertThat(check("virtual_alias_maps = hash:%s\n".formatted(table)))
        .hasSize(1)
        .allMatch(it -> it.startsWith("main.cf, line 3, column 22: warning: virtual_alias_maps: "))
        .allMatch(it -> it.contains("no index"));
  }

  @Test
  void a_table_that_counts_for_nothing_yet_is_read_if_it_is_there() throws IOException {
    Path table = table("logins", "joe@example.com joe\nlonely\n");
    String unused = "smtpd_milter_maps = texthash:%s\n";
    assertThat(check(unused.formatted(table)))
        .hasSize(2)
        .anyMatch(it -> it.startsWith("logins, line 2, column 7: warning: smtpd_milter_maps: "));
    assertThat(check(unused.formatted("/nonexistent/table")))
        .hasSize(1)
        .allMatch(it -> it.contains("not implemented"));
  }

  @Test
  void tables_of_restrictions_are_read_also_in_classes_and_braces() throws IOException {
    Path clients = table("clients", "10.0.0.1/8 REJECT\n");
    Path senders = table("senders", "joe@example.com\n");
    assertThat(
            check(
                """
                smtpd_client_restrictions = check_client_access cidr:%s
                smtpd_restriction_classes = strict
                strict = check_sender_access { texthash:%s }, reject
                """
                    .formatted(clients, senders)))
        .anyMatch(
            it -> it.startsWith("clients, line 1, column 1: error: smtpd_client_restrictions: "))
        .anyMatch(it -> it.startsWith("senders, line 1, column 16: error: strict: "));
  }

  @Test
  void names_are_bytes_in_the_file_and_come_out_as_they_went_in() throws IOException {
    assertThat(check("relay_domains = texthash:/nonexistent/täfel\n"))
        .containsExactly(
            "main.cf, line 3, column 17: error: relay_domains: open /nonexistent/täfel: No such"
                + " file or directory");
    Path table = table("täfel", "example.com\n");
    assertThat(check("relay_domains = texthash:%s\n".formatted(table)))
        .hasSize(1)
        .allMatch(it -> it.startsWith("täfel, line 1, column 12: "));
  }

  @Test
  void a_name_that_is_not_absolute_begins_in_queue_directory() throws IOException {
    table("relay", "example.com yes\n");
    assertThat(check("queue_directory = %s\nrelay_domains = texthash:relay\n".formatted(folder)))
        .isEmpty();
    assertThat(check("queue_directory = /nonexistent\nrelay_domains = texthash:relay\n"))
        .anyMatch(it -> it.contains("open relay: No such file"));
  }

  @Test
  void certificates_and_floors_are_looked_at_as_well() throws Exception {
    var certificates = new TestCertificates(folder).selfSigned("mx.test").selfSigned("other.test");
    String level = "smtpd_tls_security_level = may\n";
    String certificate =
        "smtpd_tls_cert_file = %s\n".formatted(certificates.certificate("mx.test"));
    String key = "smtpd_tls_key_file = %s\n";
    assertThat(check(level + certificate + key.formatted(certificates.key("mx.test")))).isEmpty();
    assertThat(check(level + certificate + key.formatted(certificates.key("other.test"))))
        .containsExactly(
            "main.cf, line 4, column 23: error: smtpd_tls_cert_file: cannot use \"mx.test.pem\":"
                + " the private key does not belong to the certificate");
    assertThat(check(level + certificate + key.formatted(folder.resolve("none"))))
        .singleElement()
        .asString()
        .contains("smtpd_tls_cert_file: cannot use \"none\"");
    assertThat(
            check(
                level
                    + "smtpd_tls_chain_files = %s\n".formatted(certificates.chain("mx.test"))
                    + "tls_medium_cipherlist = AES128-SHA\n"))
        .containsExactly(
            "main.cf, line 5, column 25: warning: tls_medium_cipherlist: no cipher is left for"
                + " TLSv1.2");
  }
}
