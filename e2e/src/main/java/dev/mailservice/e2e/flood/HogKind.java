package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import java.io.IOException;
import java.util.List;

/** What a hog does with the session it has got. */
public enum HogKind {
  /** Says nothing after the greeting. */
  IDLE {
    @Override
    void hold(SmtpConnection connection) throws IOException {
      connection.readToEnd();
    }
  },

  /** Says EHLO and nothing more. */
  EHLO {
    @Override
    void hold(SmtpConnection connection) throws IOException {
      connection.command("EHLO hog.example.net");
      connection.readToEnd();
    }
  },

  /** Sends an endless command, an octet at a time. */
  DRIP {
    @Override
    void hold(SmtpConnection connection) throws IOException, InterruptedException {
      connection.send("NOOP ");
      while (true) {
        Thread.sleep(DRIP_PAUSE_MILLIS);
        connection.send("x");
      }
    }
  },

  /** Sends commands that no server knows. */
  JUNK {
    @Override
    void hold(SmtpConnection connection) throws IOException, InterruptedException {
      Reply reply;
      do {
        Thread.sleep(ERROR_PAUSE_MILLIS);
        reply = connection.command("JUNK");
      } while (reply.code() != 421);
    }
  },

  /** Sends a message's recipients without end, all of them elsewhere. */
  REJECTED {
    @Override
    void hold(SmtpConnection connection) throws IOException, InterruptedException {
      connection.command("EHLO hog.example.net");
      Reply reply = connection.command("MAIL FROM:<hog@example.net>");
      for (long number = 0; reply.code() != 421; number++) {
        Thread.sleep(ERROR_PAUSE_MILLIS);
        reply = connection.command("RCPT TO:<nobody" + number + "@elsewhere.example.org>");
      }
    }
  },

  /** Hogs of all kinds, in equal parts. */
  MIX {
    @Override
    void hold(SmtpConnection connection) {
      throw new UnsupportedOperationException("each hog of a mix has a kind of its own");
    }

    @Override
    HogKind ofHog(int index) {
      return SINGLE.get(index % SINGLE.size());
    }
  };

  private static final List<HogKind> SINGLE = List.of(IDLE, EHLO, DRIP, JUNK, REJECTED);
  private static final long DRIP_PAUSE_MILLIS = 3_000;
  private static final long ERROR_PAUSE_MILLIS = 1_000;

  /** Holds a session whose greeting has been read, and returns or throws when it is lost. */
  abstract void hold(SmtpConnection connection) throws IOException, InterruptedException;

  /** The kind of the hog with this number. */
  HogKind ofHog(int index) {
    return this;
  }
}
