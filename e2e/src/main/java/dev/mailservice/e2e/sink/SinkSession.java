package dev.mailservice.e2e.sink;

import java.util.Locale;

/**
 * One session with the sink, without sockets: a line goes in, the replies to send come out. It
 * answers as a Postfix next hop does that allows XFORWARD.
 */
final class SinkSession {
  static final String LINE_TOO_LONG = "500 5.5.2 Error: line too long\r\n";

  private enum State {
    START,
    MAIL,
    RECIPIENT,
    CONTENT,
    ENDED
  }

  private final String hostName;
  private final Ledger ledger;
  private State state = State.START;
  private boolean tookMessage;
  private MessageIdHeader header = new MessageIdHeader();
  private ContentMd5 digest = new ContentMd5();

  SinkSession(String hostName, Ledger ledger) {
    this.hostName = hostName;
    this.ledger = ledger;
  }

  String greeting() {
    return "220 " + hostName + " ESMTP sink\r\n";
  }

  boolean ended() {
    return state == State.ENDED;
  }

  /** Whether nothing is wanted of the lines to come before the one that is a dot alone. */
  boolean passesOverBody() {
    return state == State.CONTENT && header.ended() && !digest.wantsBody();
  }

  /** Whether the last line was the end of a message. */
  boolean tookMessage() {
    return tookMessage;
  }

  /**
   * Takes the client's next line.
   *
   * @return replies with their line ends; empty for a line of a message
   */
  String line(String line) {
    tookMessage = state == State.CONTENT && line.equals(".");
    return state == State.CONTENT ? content(line) : command(line);
  }

  private String content(String line) {
    if (!line.equals(".")) {
      String unstuffed = line.startsWith(".") ? line.substring(1) : line;
      header.line(unstuffed);
      digest.line(unstuffed);
      return "";
    }
    // Before the reply: what a client may take for acknowledged must stand in the ledger.
    if (!digest.isRight()) {
      ledger.recordDamaged(header.id());
    }
    ledger.record(header.id());
    state = State.START;
    return "250 2.0.0 Ok: queued\r\n";
  }

  private String command(String line) {
    String upper = line.toUpperCase(Locale.ROOT);
    String verb = upper.split(" ", 2)[0];
    return switch (verb) {
      case "EHLO" -> {
        state = State.START;
        yield ehlo();
      }
      case "HELO" -> {
        state = State.START;
        yield "250 " + hostName + "\r\n";
      }
      case "XFORWARD", "NOOP" -> "250 2.0.0 Ok\r\n";
      case "RSET" -> {
        state = State.START;
        yield "250 2.0.0 Ok\r\n";
      }
      case "MAIL" -> mail(upper);
      case "RCPT" -> recipient(upper);
      case "DATA" -> data();
      case "QUIT" -> {
        state = State.ENDED;
        yield "221 2.0.0 Bye\r\n";
      }
      default -> "502 5.5.2 Error: command not recognized\r\n";
    };
  }

  private String ehlo() {
    return "250-"
        + hostName
        + "\r\n250-PIPELINING\r\n250-SIZE\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n"
        + "250-SMTPUTF8\r\n250 XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT\r\n";
  }

  private String mail(String line) {
    if (state != State.START) {
      return "503 5.5.1 Error: nested MAIL command\r\n";
    }
    if (!line.startsWith("MAIL FROM:")) {
      return "501 5.5.4 Syntax: MAIL FROM:<address>\r\n";
    }
    state = State.MAIL;
    return "250 2.1.0 Ok\r\n";
  }

  private String recipient(String line) {
    if (state == State.START) {
      return "503 5.5.1 Error: need MAIL command\r\n";
    }
    if (!line.startsWith("RCPT TO:")) {
      return "501 5.5.4 Syntax: RCPT TO:<address>\r\n";
    }
    state = State.RECIPIENT;
    return "250 2.1.5 Ok\r\n";
  }

  private String data() {
    if (state != State.RECIPIENT) {
      return "503 5.5.1 Error: need RCPT command\r\n";
    }
    state = State.CONTENT;
    header = new MessageIdHeader();
    digest = new ContentMd5();
    return "354 End data with <CR><LF>.<CR><LF>\r\n";
  }
}
