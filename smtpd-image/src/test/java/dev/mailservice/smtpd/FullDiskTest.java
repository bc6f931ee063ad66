package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full in the middle of a message and has room again at its end: the client hears
 * that the message was not taken, and nobody gets a part of it. The disk is a small tmpfs(5) that
 * the server alone sees.
 */
class FullDiskTest {
  private static final String WITH_SMALL_DISK =
      "mount -t tmpfs -o size=2m tmpfs \"$1\"; shift; exec \"$@\"";

  /** Half of the disk. */
  private static final byte[] BALLAST = new byte[1 << 20];

  /** Far more than the disk and all buffers on the way to it hold. */
  private static final String TOO_MUCH = ("x".repeat(998) + "\r\n").repeat(20_000);

  @TempDir private Path folder;

  @BeforeEach
  void only_root_mounts() {
    Root.assumed("only root mounts a file system");
  }

  private ServerProcess start(String mainCf) throws IOException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Files.writeString(
        folder.resolve("main.cf"),
        """
        myhostname = mx.example.test
        mydestination = example.test
        smtpd_peername_lookup = no
        message_size_limit = 0
        queue_directory = %1$s
        """
                .formatted(disk)
            + mainCf.formatted(disk));
    return ServerProcess.start(
            List.of("unshare", "--mount", "sh", "-ec", WITH_SMALL_DISK, "sh", disk.toString()),
            folder,
            "-o",
            "stress=")
        .readLog();
  }

  private Path disk(ServerProcess server) {
    return server.seen(folder.resolve("disk"));
  }

  /** Sends a message that is too much for the disk, which has room again before it ends. */
  private String sendTooMuch(ServerProcess server, TestClient client) throws IOException {
    Path ballast = disk(server).resolve("ballast");
    Files.write(ballast, BALLAST);
    client.openMessage();
    client.send(TOO_MUCH);
    Files.delete(ballast);
    return client.say("the end\r\n.");
  }

  private static String sendLittle(TestClient client) throws IOException {
    client.say("MAIL FROM:<sender@client.test>");
    client.say("RCPT TO:<user@example.test>");
    client.say("DATA");
    return client.say("little\r\n.");
  }

  @Test
  void no_part_of_a_message_goes_to_the_next_hop_under_speed_adjust() throws Exception {
    try (var nextHop = new TestNextHop();
        ServerProcess server =
            start(
                """
                smtpd_proxy_filter = %s
                smtpd_proxy_options = speed_adjust
                """
                    .formatted(nextHop.address()));
        TestClient client = server.connect()) {
      assertThat(sendTooMuch(server, client)).isEqualTo("451 4.3.0 Error: queue file write error");
      assertThat(nextHop.messages()).isEmpty();
      assertThat(sendLittle(client)).isEqualTo("250 2.0.0 Ok: queued");
      assertThat(nextHop.messages()).singleElement().asString().endsWith("\nlittle\n");
      assertThat(server.log())
          .anyMatch(
              it ->
                  it.endsWith(
                      "warning: proxy speed-adjust log I/O error: No space left on device"));
    }
  }

  @Test
  void no_part_of_a_message_is_in_a_maildir() throws Exception {
    try (ServerProcess server =
            start(
                """
                mail_spool_directory = %s/
                local_recipient_maps = inline:{ user=user }
                """);
        TestClient client = server.connect()) {
      assertThat(sendTooMuch(server, client)).isEqualTo("452 4.3.1 Insufficient system storage");
      assertThat(files(server)).isEmpty();
      assertThat(sendLittle(client)).startsWith("250 2.0.0 Ok: queued as ");
      assertThat(files(server))
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.getParent()).hasFileName("new");
                assertThat(Files.readString(it)).endsWith("\nlittle\n");
              });
    }
  }

  @Test
  void a_message_is_not_copied_to_some_of_its_recipients_until_the_disk_is_full() throws Exception {
    try (ServerProcess server =
            start(
                """
                mail_spool_directory = %s/
                local_recipient_maps = inline:{ user=user }
                recipient_delimiter = +
                """);
        TestClient client = server.connect()) {
      client.reply();
      client.say("HELO client.test");
      client.say("MAIL FROM:<sender@client.test>");
      for (int i = 0; i < 10; i++) {
        assertThat(client.say("RCPT TO:<user+%d@example.test>".formatted(i))).startsWith("250 ");
      }
      client.say("DATA");
      client.send(("x".repeat(998) + "\r\n").repeat(300));
      assertThat(client.say(".")).isEqualTo("452 4.3.1 Insufficient system storage");
      assertThat(files(server)).isEmpty();
      assertThat(server.log())
          .anyMatch(it -> it.contains("No space left on device for 9 copies of "));
    }
  }

  /** All files of the mailbox, whole and partial ones. */
  private List<Path> files(ServerProcess server) throws IOException {
    var files = new ArrayList<Path>();
    try (Stream<Path> all = Files.walk(disk(server).resolve("user"))) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    return files;
  }
}
