package dev.mailservice.e2e.loss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays a plan: clients send, the server is disturbed, and what was not acknowledged is sent again
 * to the server or its successor until it is, as RFC 5321 section 4.5.4.1 wants it from clients.
 */
final class Round implements AutoCloseable {
  private static final long PAUSE_AFTER_NO_MILLIS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A server has this long beyond its drain, {@code terminationGracePeriodSeconds} of a pod. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Path project;
  private final Side side;
  private final RoundPlan plan;
  private final Path folder;
  private final NextHop nextHop;
  private final Disk disk;
  private final List<Letter> letters = new ArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final CountDownLatch firstAcknowledgement = new CountDownLatch(1);
  private volatile boolean over;
  private boolean hung;

  private Round(Path project, Side side, RoundPlan plan, Path folder)
      throws IOException, InterruptedException {
    this.project = project;
    this.side = side;
    this.plan = plan;
    this.folder = folder;
    this.disk = plan.disturbance().needsRoot() ? Disk.small(folder) : Disk.folder(folder);
    this.nextHop = new NextHop(plan.answerDelay());
  }

  /**
   * Plays it.
   *
   * @param project the folder of the built project
   * @param folder an empty one of its own; what is left there tells what happened
   * @throws IOException if a server does not start, or the disk cannot be had or read
   */
  static RoundResult play(Path project, Side side, RoundPlan plan, Path folder)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (var round = new Round(project, side, plan, folder)) {
      Account account = round.play();
      double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
      return new RoundResult(Clock.systemUTC().instant(), side, plan, account, round.hung, seconds);
    }
  }

  private Account play() throws IOException, InterruptedException {
    try (MailServer server = start()) {
      List<Thread> senders = startSenders(server);
      try {
        awaitFirstAcknowledgement();
        Thread.sleep(plan.moment());
        disturb(server);
      } finally {
        over = true;
        for (Thread sender : senders) {
          sender.join();
        }
      }
      if (plan.disturbance().endsTheServer()) {
        try (MailServer successor = start()) {
          sendAgain(successor);
        }
      } else {
        sendAgain(server);
      }
    }
    return Account.of(letters, received(), plan.store());
  }

  private MailServer start() throws IOException, InterruptedException {
    return side.start(project, new MailServer.Setting(folder, mainCf(), plan.drain(), disk));
  }

  private String mainCf() throws IOException {
    String all =
        """
        compatibility_level = 3.6
        myhostname = mx.example.test
        mydestination = example.test
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = reject_unauth_destination
        smtpd_peername_lookup = no
        message_size_limit = 0
        """;
    if (plan.store() == Store.MAILDIR) {
      return all
          + """
          mail_spool_directory = %s/
          local_recipient_maps = inline:{ a=a b=b c=c }
          """
              .formatted(disk.mail())
          + queueDirectory();
    }
    return all
        + """
        local_recipient_maps =
        smtpd_proxy_filter = 127.0.0.1:%d
        smtpd_proxy_options = %s
        """
            .formatted(
                nextHop.address().getPort(),
                plan.store() == Store.SPEED_ADJUST ? "speed_adjust" : "")
        + queueDirectory();
  }

  private String queueDirectory() throws IOException {
    return side == Side.SMTPD
        ? "queue_directory = %s\n".formatted(Files.createTempDirectory(folder, "queue"))
        : "";
  }

  private void disturb(MailServer server) throws IOException, InterruptedException {
    switch (plan.disturbance()) {
      case KILL -> server.kill();
      case TERMINATE -> {
        server.terminate();
        hung = !server.awaitEnd(plan.drain().plus(GRACE));
        server.kill();
      }
      case NEXT_HOP_RESTART -> {
        nextHop.restart(plan.away());
        Thread.sleep(plan.away());
      }
      case FULL_DISK -> {
        disk.fill();
        Thread.sleep(plan.away());
        disk.empty();
        Thread.sleep(plan.away());
      }
      case READ_ONLY_DISK -> {
        disk.fail();
        Thread.sleep(plan.away());
        server.kill();
        disk.comeBack();
      }
    }
  }

  private void awaitFirstAcknowledgement() throws InterruptedException {
    if (!firstAcknowledgement.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("the server takes no mail");
    }
  }

  private List<Thread> startSenders(MailServer server) {
    var senders = new ArrayList<Thread>();
    for (int i = 0; i < plan.clients(); i++) {
      SplittableRandom random = plan.random(i);
      senders.add(Thread.startVirtualThread(() -> sendUntilOver(server, random)));
    }
    return senders;
  }

  private void sendUntilOver(MailServer server, SplittableRandom random) {
    while (!over) {
      var sender = new Sender(server.address(), 1 + random.nextInt(plan.mostMessages()));
      boolean well = sender.send(newLetters(random), firstAcknowledgement::countDown);
      if (!well && !pause()) {
        return;
      }
    }
  }

  /** So that a server that says no gets no busy loop. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_AFTER_NO_MILLIS);
      return true;
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Iterator<Letter> newLetters(SplittableRandom random) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !over;
      }

      @Override
      public Letter next() {
        String id =
            "%d.%d.%d@client.example.net"
                .formatted(numbers.incrementAndGet(), plan.number(), plan.seed());
        Letter letter = Letter.random(id, random, plan.mostLines());
        synchronized (letters) {
          letters.add(letter);
        }
        return letter;
      }
    };
  }

  private void sendAgain(MailServer server) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Letter> open = unacknowledged();
    while (!open.isEmpty() && System.nanoTime() < end) {
      var sender = new Sender(server.address(), open.size());
      if (!sender.send(open.iterator(), () -> {})) {
        Thread.sleep(PAUSE_AFTER_NO_MILLIS);
      }
      open = unacknowledged();
    }
  }

  private List<Letter> unacknowledged() {
    return letters.stream().filter(it -> !it.acknowledged()).toList();
  }

  private Received received() throws IOException {
    if (plan.store() == Store.MAILDIR) {
      return Maildirs.read(disk.seenMail());
    }
    var copies = new HashMap<Received.Copy, Integer>();
    nextHop
        .ledger()
        .snapshot()
        .messages()
        .forEach((id, times) -> copies.put(new Received.Copy(id, Received.NEXT_HOP), times));
    return new Received(copies, nextHop.ledger().damaged());
  }

  @Override
  public void close() throws IOException {
    try (disk) {
      nextHop.close();
    }
  }
}
