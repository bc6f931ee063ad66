package dev.mailservice.e2e.load;

import dev.mailservice.e2e.smtp.Deadline;
import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One client of a load: sends a message whenever its pace says so. It pipelines as mail servers do
 * (RFC 2920): MAIL, RCPT and DATA in one packet.
 */
final class Client {
  private static final String EHLO = "EHLO client.example.net";
  private static final byte[] ENVELOPE =
      "MAIL FROM:<sender@example.net>\r\nRCPT TO:<user@example.test>\r\nDATA\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int START_MAIL_INPUT = 354;
  private static final Duration AFTER_BREAK = Duration.ofMillis(10);
  private static final int SIGNIFICANT_DIGITS = 3;

  private final LoadPlan plan;
  private final Pace pace;
  private final AtomicLong numbers;
  private final MessageTemplate template;
  private final ClientLedger ledger;

  private final Histogram delayMicros = new Histogram(SIGNIFICANT_DIGITS);
  private final Histogram bannerMicros = new Histogram(SIGNIFICANT_DIGITS);
  private long offered;
  private @Nullable SmtpConnection connection;

  /**
   * A client that has not begun.
   *
   * @param numbers gives each message of the load a number of its own
   * @param template this client's own
   */
  Client(
      LoadPlan plan, Pace pace, AtomicLong numbers, MessageTemplate template, ClientLedger ledger) {
    this.plan = plan;
    this.pace = pace;
    this.numbers = numbers;
    this.template = template;
    this.ledger = ledger;
  }

  /** How long acknowledged messages took; to be asked when it has ended. */
  Histogram delayMicros() {
    return delayMicros;
  }

  /** How long its sessions waited for their 220; to be asked when it has ended. */
  Histogram bannerMicros() {
    return bannerMicros;
  }

  /** How many messages it has begun; to be asked when it has ended. */
  long offered() {
    return offered;
  }

  /** Sends until there is no more to send. */
  void run() throws InterruptedException {
    try {
      for (OptionalLong intended = pace.next(); intended.isPresent(); intended = pace.next()) {
        send(intended.getAsLong());
      }
    } finally {
      end(true);
    }
  }

  private void send(long intended) throws InterruptedException {
    String id = template.id(numbers.getAndIncrement());
    offered++;
    ledger.offered(id);
    boolean sound = false;
    try {
      Reply reply = deliver(id, intended);
      if (reply.code() == 250) {
        delayMicros.recordValue(microsSince(intended));
        ledger.acknowledged(id);
        sound = true;
      } else {
        ledger.refused(id, reply.toString());
      }
    } catch (IOException broken) {
      ledger.broken(id, String.valueOf(broken));
      // A server that is not there would be asked a hundred thousand times a second.
      Thread.sleep(AFTER_BREAK);
    }
    if (!sound || plan.sessions() == Sessions.ONE_MESSAGE_EACH) {
      end(sound);
    }
  }

  /** Says all that it takes, and returns the first reply that says no, or the last. */
  private Reply deliver(String id, long intended) throws IOException {
    SmtpConnection session = connection;
    if (session == null) {
      session = SmtpConnection.open(plan.target(), Optional.empty(), Deadline.never());
      connection = session;
      Reply reply = hello(session, intended);
      if (!reply.positive()) {
        return reply;
      }
    }
    session.send(ENVELOPE);
    Reply mail = session.readReply();
    Reply recipient = session.readReply();
    Reply data = session.readReply();
    if (data.code() != START_MAIL_INPUT) {
      return !mail.positive() ? mail : !recipient.positive() ? recipient : data;
    }
    session.send(template.message(id));
    return session.readReply();
  }

  private Reply hello(SmtpConnection session, long intended) throws IOException {
    Reply reply = session.readReply();
    if (reply.positive()) {
      bannerMicros.recordValue(microsSince(intended));
      reply = session.command(EHLO);
    }
    if (reply.positive() && plan.tls().isPresent()) {
      Reply ready = session.command("STARTTLS");
      if (!ready.positive()) {
        return ready;
      }
      session.startTls(plan.tls().get().getSocketFactory(), "peer-" + numbers.get());
      reply = session.command(EHLO);
    }
    if (reply.positive() && !reply.texts().contains("PIPELINING")) {
      throw new ProtocolException("no PIPELINING: " + reply);
    }
    return reply;
  }

  private static long microsSince(long moment) {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - moment);
  }

  private void end(boolean politely) {
    SmtpConnection session = connection;
    if (session == null) {
      return;
    }
    connection = null;
    try (session) {
      if (politely) {
        session.command("QUIT");
      }
    } catch (IOException gone) {
      // What happens to QUIT changes no message's fate.
      return;
    }
  }
}
