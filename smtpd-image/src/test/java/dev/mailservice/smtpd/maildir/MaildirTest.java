package dev.mailservice.smtpd.maildir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.maincf.table.AddressExtension;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.protocol.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaildirTest {
  private static final String FORCE = "jdk.FileForce";

  private static final Origin ORIGIN =
      new Origin(
          Client.unnamed("192.0.2.1", "4711", "192.0.2.25", "25"),
          "helo.test",
          "ESMTP",
          "",
          "",
          Optional.empty());

  private final List<String> said = new CopyOnWriteArrayList<>();

  private Maildir maildir(Path spool, boolean makesMailboxes, long messageSizeLimit) {
    var settings =
        new Maildir.Settings(
            spool, makesMailboxes, AddressExtension.of("+"), messageSizeLimit, "mx.test");
    return new Maildir(
        settings,
        "example.test"::equals,
        info -> said.add(info.text()),
        said::add,
        Clock.systemUTC());
  }

  private Maildir maildir(Path spool) {
    return maildir(spool, true, 0);
  }

  private static DeliveryTransaction open(Maildir maildir) {
    return maildir.open(ORIGIN, Duration.ZERO);
  }

  private static Reply deliver(Maildir maildir, String message, String... recipients)
      throws IOException {
    try (DeliveryTransaction transaction = open(maildir)) {
      assertThat(transaction.mail("a b@c.test", "MAIL FROM:<\"a b\"@c.test>").code())
          .isEqualTo(250);
      for (String recipient : recipients) {
        assertThat(transaction.rcpt(recipient, "RCPT TO:<%s>".formatted(recipient)).code())
            .isEqualTo(250);
      }
      assertThat(transaction.data()).isEmpty();
      transaction.content().write(message.getBytes(StandardCharsets.ISO_8859_1));
      return transaction.end();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static List<String> messages(Path mailbox) throws IOException {
    var messages = new ArrayList<String>();
    for (Path file : files(mailbox.resolve("new"))) {
      messages.add(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    return messages;
  }

  @Test
  void a_message_is_kept_as_local_delivery_keeps_it(@TempDir Path spool) throws IOException {
    Reply reply =
        deliver(maildir(spool), "Subject: \u00e4\r\n\r\n.dot\r\nbody", "Joe+lists@example.test");
    assertThat(messages(spool.resolve("joe")))
        .containsExactly(
            """
            Return-Path: <"a b"@c.test>
            X-Original-To: Joe+lists@example.test
            Delivered-To: Joe+lists@example.test
            Subject: \u00e4

            .dot
            body
            """);
    assertThat(files(spool.resolve("joe/tmp"))).isEmpty();
    assertThat(spool.resolve("joe/cur")).isDirectory();
    assertThat(reply.toString()).startsWith("250 2.0.0 Ok: queued as ");
    Path file = files(spool.resolve("joe/new")).getFirst();
    assertThat(file.getFileName())
        .asString()
        .matches("\\d+\\.M\\d+P\\d+Q\\d+R[0-9a-f]+\\.mx\\.test");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(said)
        .singleElement()
        .asString()
        .endsWith(
            ": to=<Joe+lists@example.test>, relay=local, dsn=2.0.0,"
                + " status=sent (delivered to maildir)");
  }

  @Test
  void before_a_message_is_acknowledged_its_file_and_then_its_name_are_on_disk(@TempDir Path spool)
      throws IOException {
    Maildir maildir = maildir(spool);
    assertThat(
            forced(
                spool, () -> deliver(maildir, "one\r\n", "joe@example.test", "ann@example.test")))
        .as("of new maildirs the folders, too, and all files before any is shown")
        .satisfiesExactly(
            it -> assertThat(it).isEqualTo("joe"),
            it -> assertThat(it).isEmpty(),
            it -> assertThat(it).isEqualTo("ann"),
            it -> assertThat(it).isEmpty(),
            it -> assertThat(it).startsWith("joe/tmp/"),
            it -> assertThat(it).startsWith("ann/tmp/"),
            it -> assertThat(it).isEqualTo("joe/new"),
            it -> assertThat(it).isEqualTo("ann/new"));
    assertThat(forced(spool, () -> deliver(maildir, "two\r\n", "joe@example.test")))
        .satisfiesExactly(
            it -> assertThat(it).startsWith("joe/tmp/"), it -> assertThat(it).isEqualTo("joe/new"));
  }

  /** What is forced to disk meanwhile, in order, as the virtual machine's own recorder has it. */
  private static List<String> forced(Path spool, Callable<Reply> delivery) throws IOException {
    Path file = Files.createTempFile("forced", ".jfr");
    try (var recording = new Recording()) {
      recording.enable(FORCE).withoutThreshold();
      recording.start();
      assertThat(delivery.call().code()).isEqualTo(250);
      recording.stop();
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(it -> it.getEventType().getName().equals(FORCE))
          .filter(it -> it.getString("path").startsWith(spool.toString()))
          .sorted(Comparator.comparing(RecordedEvent::getStartTime))
          .map(it -> spool.relativize(Path.of(it.getString("path"))).toString())
          .toList();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void each_of_several_recipients_has_a_file_of_his_own(@TempDir Path spool) throws IOException {
    String body = "x".repeat(100_000);
    deliver(maildir(spool), body + "\r\n", "a@example.test", "b@example.test", "B+x@example.test");
    assertThat(messages(spool.resolve("a")))
        .singleElement()
        .asString()
        .endsWith("Delivered-To: a@example.test\n" + body + "\n");
    assertThat(messages(spool.resolve("b")))
        .hasSize(2)
        .allMatch(it -> it.endsWith("@example.test\n" + body + "\n"))
        .anyMatch(it -> it.contains("Delivered-To: b@example.test\n"))
        .anyMatch(it -> it.contains("Delivered-To: B+x@example.test\n"));
  }

  @Test
  void however_many_recipients_there_are_one_file_is_held_open(@TempDir Path spool)
      throws IOException {
    try (DeliveryTransaction transaction = open(maildir(spool))) {
      transaction.mail("", "MAIL FROM:<>");
      for (int i = 0; i < 20; i++) {
        transaction.rcpt("joe+%d@example.test".formatted(i), "RCPT TO:<>");
      }
      assertThat(transaction.data()).isEmpty();
      assertThat(transaction.end().code()).isEqualTo(250);
      assertThat(openFiles(spool)).hasSize(1);
    }
    assertThat(openFiles(spool)).isEmpty();
    assertThat(files(spool.resolve("joe/new"))).hasSize(20);
  }

  /** Files of this folder that the process has open. */
  private static List<Path> openFiles(Path folder) throws IOException {
    var open = new ArrayList<Path>();
    for (Path descriptor : files(Path.of("/proc/self/fd"))) {
      try {
        open.add(Files.readSymbolicLink(descriptor));
      } catch (NoSuchFileException e) {
        // Some other test has closed it by now.
        continue;
      }
    }
    open.removeIf(it -> !it.startsWith(folder));
    return open;
  }

  @Test
  void copies_that_there_is_no_room_for_are_not_begun(@TempDir Path spool) throws IOException {
    Maildir maildir = maildir(spool);
    maildir.requireRoom(0, Long.MAX_VALUE);
    maildir.requireRoom(1000, 1);
    assertThatThrownBy(() -> maildir.requireRoom(1000, Long.MAX_VALUE / 2000))
        .satisfies(it -> assertThat(maildir.isFull((IOException) it)).isTrue())
        .hasMessageStartingWith("No space left on device for 1000 copies of ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../root@example.test",
        "..@example.test",
        ".hidden@example.test",
        "a/b@example.test",
        "/etc/passwd@example.test",
        "+x@x@example.test/..",
        "a\u0000b@example.test",
        "a b@example.test",
        "\u00e4@example.test",
        "@example.test",
      })
  void what_is_no_name_for_a_mailbox_is_refused_and_nothing_is_made(
      String address, @TempDir Path spool) throws IOException {
    try (DeliveryTransaction transaction = open(maildir(spool))) {
      assertThat(transaction.rcpt(address, "RCPT TO:<>").code()).isEqualTo(550);
    }
    assertThat(files(spool)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nobody@example.test, 550 5.1.1 <nobody@example.test>: Recipient address rejected: User unknown",
    "joe@other.test, 550 5.1.2 <joe@other.test>: Recipient address rejected: This host delivers local mail only",
    "joe@EXAMPLE.test, 250 2.1.5 Ok",
    "joe, 250 2.1.5 Ok",
  })
  void where_nobody_says_who_there_is_only_those_who_have_a_maildir_get_mail(
      String address, String reply, @TempDir Path spool) throws IOException {
    Files.createDirectory(spool.resolve("joe"));
    try (DeliveryTransaction transaction = open(maildir(spool, false, 0))) {
      assertThat(transaction.rcpt(address, "RCPT TO:<>")).isEqualTo(Reply.of(reply));
    }
  }

  @Test
  void a_message_that_is_not_ended_leaves_nothing(@TempDir Path spool) throws IOException {
    Maildir maildir = maildir(spool);
    DeliveryTransaction transaction = open(maildir);
    transaction.mail("", "MAIL FROM:<>");
    transaction.rcpt("joe@example.test", "RCPT TO:<joe@example.test>");
    transaction.data();
    transaction.content().write("half".getBytes(StandardCharsets.US_ASCII));
    assertThat(files(spool.resolve("joe/tmp"))).hasSize(1);
    transaction.close();
    assertThat(files(spool.resolve("joe/tmp"))).isEmpty();
    assertThat(files(spool.resolve("joe/new"))).isEmpty();
  }

  @Test
  void if_one_recipient_cannot_have_it_none_has_it_and_the_client_tries_again(@TempDir Path spool)
      throws IOException {
    Maildir maildir = maildir(spool);
    try (DeliveryTransaction transaction = open(maildir)) {
      transaction.mail("", "MAIL FROM:<>");
      transaction.rcpt("a@example.test", "RCPT TO:<a@example.test>");
      transaction.rcpt("b@example.test", "RCPT TO:<b@example.test>");
      assertThat(transaction.data()).isEmpty();
      Files.delete(spool.resolve("b/new"));
      assertThatThrownBy(transaction::end).hasMessageContaining("maildir delivery failed");
    }
    assertThat(messages(spool.resolve("a"))).isEmpty();
    assertThat(files(spool.resolve("a/tmp"))).isEmpty();
    assertThat(files(spool.resolve("b/tmp"))).isEmpty();
  }

  @Test
  void a_mailbox_that_is_a_file_is_an_error_and_not_overwritten(@TempDir Path spool)
      throws IOException {
    Files.writeString(spool.resolve("joe"), "an mbox");
    try (DeliveryTransaction transaction = open(maildir(spool))) {
      transaction.mail("", "MAIL FROM:<>");
      transaction.rcpt("joe@example.test", "RCPT TO:<joe@example.test>");
      assertThatThrownBy(transaction::data).hasMessageContaining("joe");
    }
    assertThat(spool.resolve("joe")).hasContent("an mbox");
  }

  @Test
  void without_room_for_the_largest_message_nobody_may_begin_one(@TempDir Path spool)
      throws IOException {
    try (DeliveryTransaction transaction = open(maildir(spool, true, Long.MAX_VALUE / 2))) {
      assertThat(transaction.mail("", "MAIL FROM:<>"))
          .isEqualTo(Reply.of("452 4.3.1 Insufficient system storage"));
    }
    assertThat(said).singleElement().asString().startsWith("not enough free space");
  }

  @Test
  void a_disk_that_fills_up_is_told_as_such(@TempDir Path spool) {
    Maildir maildir = maildir(spool);
    assertThat(maildir.isFull(new IOException("No space left on device"))).isTrue();
    assertThat(maildir.isFull(new IOException("Disk quota exceeded"))).isTrue();
    assertThat(maildir.isFull(new IOException("Input/output error"))).isFalse();
  }

  @Test
  void no_two_messages_are_called_the_same_even_if_the_clock_stands_still() {
    Clock stopped = Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC);
    Set<String> names = new HashSet<>();
    for (int process = 0; process < 100; process++) {
      var unique = new UniqueNames(stopped, "a/b:c", 1);
      for (int i = 0; i < 100; i++) {
        names.add(unique.file(unique.next()));
      }
    }
    assertThat(names).hasSize(10_000).allMatch(it -> it.endsWith(".a\\057b\\072c"));
  }

  @Property
  void lines_are_kept_as_unix_has_them_in_whatever_pieces_they_come(
      @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 5) int piece)
      throws IOException {
    var written = new ByteArrayOutputStream();
    var out = new NewlineOutput(written);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i += piece) {
      out.write(bytes, i, Math.min(piece, bytes.length - i));
    }
    out.finish();
    String expected = text.replace("\r\n", "\n");
    assertThat(written.toString(StandardCharsets.US_ASCII))
        .isEqualTo(expected.isEmpty() || expected.endsWith("\n") ? expected : expected + "\n");
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> texts() {
    return net.jqwik.api.Arbitraries.strings().withChars("\r\nx").ofMaxLength(30);
  }
}
