package dev.mailservice.smtpd.maildir;

import dev.mailservice.maincf.table.AddressExtension;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.protocol.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A process that delivers until it is killed, and says so of each message when it is acknowledged:
 * {@code name a,b}.
 */
final class MaildirWriter {
  private static final List<String> USERS = List.of("a", "b", "c");

  private MaildirWriter() {}

  /**
   * Delivers.
   *
   * @param args the spool directory, and a seed
   */
  public static void main(String... args) throws IOException {
    var random = new Random(Long.parseLong(args[1]));
    var settings =
        new Maildir.Settings(Path.of(args[0]), true, AddressExtension.of(""), 0, "mx.test");
    var maildir =
        new Maildir(settings, domain -> true, line -> {}, System.err::println, Clock.systemUTC());
    for (int i = 0; ; i++) {
      int first = random.nextInt(USERS.size());
      List<String> users = USERS.subList(first, first + 1 + random.nextInt(USERS.size() - first));
      String name = args[1] + "-" + i;
      Reply reply = deliver(maildir, name, users, random.nextInt(2000));
      System.out.printf("%d %s %s%n", reply.code(), name, String.join(",", users));
      System.out.flush();
    }
  }

  private static Reply deliver(Maildir maildir, String name, List<String> users, int lines)
      throws IOException {
    var origin =
        new Origin(
            Client.unnamed("192.0.2.1", "1", "192.0.2.25", "25"),
            "",
            "SMTP",
            "",
            "",
            Optional.empty());
    try (DeliveryTransaction transaction = maildir.open(origin, Duration.ZERO)) {
      transaction.mail("", "MAIL FROM:<>");
      for (String user : users) {
        transaction.rcpt(user, "RCPT TO:<%s>".formatted(user));
      }
      Optional<Reply> refusal = transaction.data();
      if (refusal.isPresent()) {
        return refusal.get();
      }
      byte[] line =
          "a line of some length that is written many times\r\n"
              .getBytes(StandardCharsets.US_ASCII);
      byte[] last = "end of %s\r\n".formatted(name).getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < lines; i++) {
          transaction.content().write(line);
        }
        transaction.content().write(last);
      } catch (IOException e) {
        // What it means for the client is for the end to say.
        return transaction.end();
      }
      return transaction.end();
    }
  }
}
