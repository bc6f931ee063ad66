package dev.mailservice.smtpd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * A next hop that does one thing wrong at one place, once, and then is as good as any.
 *
 * @param where what it is asked, or is sent, when it goes wrong
 * @param how what it does then
 */
public record Misbehaviour(Where where, How how) {
  /** The places, in order. */
  public enum Where {
    CONNECT,
    EHLO,
    XFORWARD,
    MAIL,
    RCPT,
    DATA,
    /** Behind the first line of the message. */
    CONTENT,
    FINAL_DOT
  }

  /** The wrongs. */
  public enum How {
    REFUSES_FOR_NOW,
    REFUSES,
    /** Says nothing and takes nothing. */
    STALLS,
    DROPS,
    /** Says what it should, when the test lets it. */
    ANSWERS_LATE,
    SAYS_GARBAGE,
    /** Says a part of a reply and hangs up. */
    SAYS_HALF,
    /** Says a part of a reply and no more. */
    STALLS_HALFWAY
  }

  /** Every one that there can be. */
  public static Stream<Misbehaviour> all() {
    return Stream.of(Where.values())
        .flatMap(where -> Stream.of(How.values()).map(how -> new Misbehaviour(where, how)))
        .filter(Misbehaviour::isPossible);
  }

  /** Within content there is no answer that could be late. */
  private boolean isPossible() {
    return where != Where.CONTENT || how != How.ANSWERS_LATE;
  }

  /** What it says where it refuses. */
  public String refusal() {
    return how == How.REFUSES_FOR_NOW ? "452 4.3.1 not now" : "552 5.7.1 not you";
  }

  boolean refuses() {
    return how == How.REFUSES || how == How.REFUSES_FOR_NOW;
  }

  @Override
  public String toString() {
    return (how + " at " + where).toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Its connections, with what they have come to. */
  public final class Connections implements TestNextHop.Script {
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final CountDownLatch late = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final String offer;
    private volatile boolean wentWrong;

    /** Takes one command after the other. */
    public Connections() {
      this("SIZE");
    }

    /**
     * @param keyword what it offers besides XFORWARD
     */
    public Connections(String keyword) {
      this.offer = "250-next hop\r\n250-XFORWARD NAME ADDR\r\n250 " + keyword;
    }

    /** The messages that it has said 250 to. */
    public List<String> accepted() {
      return accepted;
    }

    /** Whether it has come to the place. */
    public boolean hasReached() {
      return reached.getCount() == 0;
    }

    /** Lets it answer at last. */
    public void answer() {
      late.countDown();
    }

    @Override
    public void talk(BufferedReader in, OutputStream out) throws IOException, InterruptedException {
      if (!goesOn(Where.CONNECT, "220 next hop", in, out)) {
        return;
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
        boolean goesOn =
            switch (verb) {
              case "EHLO" -> goesOn(Where.EHLO, offer, in, out);
              case "XFORWARD" -> goesOn(Where.XFORWARD, "250 2.0.0 Ok", in, out);
              case "MAIL" -> goesOn(Where.MAIL, "250 2.1.0 Ok", in, out);
              case "RCPT" -> goesOn(Where.RCPT, "250 2.1.5 Ok", in, out);
              case "DATA" -> data(in, out);
              case "QUIT" -> false;
              default -> goesOn(Where.CONNECT, "250 2.0.0 Ok", in, out);
            };
        if (!goesOn) {
          return;
        }
      }
    }

    private boolean data(BufferedReader in, OutputStream out)
        throws IOException, InterruptedException {
      boolean refused = refuses() && where == Where.DATA && !wentWrong;
      if (!goesOn(Where.DATA, "354 go on", in, out) || refused) {
        return refused;
      }
      boolean early = where == Where.CONTENT && !wentWrong;
      var message = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (message.isEmpty() && where == Where.CONTENT && !goesOn(Where.CONTENT, "", in, out)) {
          return false;
        }
        if (line.equals(".")) {
          // Who has answered already does not answer again.
          return !early && finalDot(message.toString(), in, out);
        }
        message.append(line).append('\n');
      }
      return false;
    }

    private boolean finalDot(String message, BufferedReader in, OutputStream out)
        throws IOException, InterruptedException {
      boolean takes = wentWrong || where != Where.FINAL_DOT || how == How.ANSWERS_LATE;
      if (takes) {
        accepted.add(message);
      }
      return goesOn(Where.FINAL_DOT, "250 2.0.0 Ok: queued", in, out);
    }

    /** Answers, and says whether the connection stays. */
    private boolean goesOn(Where here, String answer, BufferedReader in, OutputStream out)
        throws IOException, InterruptedException {
      if (wentWrong || here != where) {
        say(out, answer);
        return true;
      }
      wentWrong = true;
      reached.countDown();
      switch (how) {
        case REFUSES, REFUSES_FOR_NOW -> say(out, refusal());
        case ANSWERS_LATE -> {
          late.await();
          say(out, answer);
        }
        case SAYS_GARBAGE -> say(out, "HTTP/1.1 400 Bad Request");
        case STALLS -> late.await();
        case STALLS_HALFWAY -> {
          write(out, "250-half\r\n25");
          late.await();
        }
        case SAYS_HALF -> write(out, "250-half\r\n25");
        case DROPS -> {}
      }
      return refuses() || how == How.ANSWERS_LATE || how == How.SAYS_GARBAGE;
    }

    private static void say(OutputStream out, String answer) throws IOException {
      if (!answer.isEmpty()) {
        write(out, answer + "\r\n");
      }
    }

    private static void write(OutputStream out, String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }
}
