package dev.mailservice.e2e.loss;

import dev.mailservice.e2e.sink.ContentMd5;
import dev.mailservice.e2e.smtp.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A message with one or several recipients, and what became of each attempt to hand it over. */
final class Letter {
  /** Who has a mailbox. */
  static final List<String> USERS = List.of("a", "b", "c");

  private static final String SENDER = "sender@client.example.net";
  private static final String DOMAIN = "@example.test";

  private final Message message;
  private final List<String> users;
  private final List<Fate> fates = new ArrayList<>();

  private Letter(Message message, List<String> users) {
    this.message = message;
    this.users = List.copyOf(users);
  }

  /**
   * One of random length to random users.
   *
   * @param id of its own
   */
  static Letter random(String id, SplittableRandom random, int mostLines) {
    int first = random.nextInt(USERS.size());
    List<String> users = USERS.subList(first, first + 1 + random.nextInt(USERS.size() - first));
    var body = new StringBuilder();
    int lines = random.nextInt(mostLines);
    for (int i = 0; i < lines; i++) {
      body.append(i % 7 == 0 ? "." : "").append(i).append(" of ").append(id).append("\r\n");
    }
    String header =
        "From: <%s>\r\nMessage-ID: <%s>\r\nContent-MD5: %s\r\n\r\n"
            .formatted(SENDER, id, ContentMd5.of(body.toString()));
    return new Letter(new Message(id, SENDER, users.getFirst() + DOMAIN, header + body), users);
  }

  String id() {
    return message.id();
  }

  Message message() {
    return message;
  }

  List<String> users() {
    return users;
  }

  List<String> recipients() {
    return users.stream().map(it -> it + DOMAIN).toList();
  }

  synchronized void tried(Fate fate) {
    fates.add(fate);
  }

  synchronized long times(Fate fate) {
    return fates.stream().filter(it -> it == fate).count();
  }

  boolean acknowledged() {
    return times(Fate.ACKNOWLEDGED) > 0;
  }
}
