package dev.mailservice.smtpd.protocol;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the commands of one session have led to. Mutable; for the protocol table alone. */
final class SessionState {
  /** How a message that comes in chunks stands, RFC 3030. */
  enum Chunking {
    /** There is none. */
    NONE,
    /** Its chunks are taken. */
    TAKING,
    /** Its chunks are read and forgotten, up to the last. */
    SKIPPING
  }

  final Map<Verb, SmtpProtocol.CommandCount> counts = new EnumMap<>(Verb.class);
  final List<String> recipients = new ArrayList<>();
  Greeting greeting = Greeting.NONE;
  boolean inTransaction;
  String sender = "";
  String senderLine = "";
  boolean smtpUtf8;
  Chunking chunking = Chunking.NONE;
  int recipientOvershoot;
  int errors;
  int junkCommands;
  boolean pipelined;

  boolean isChunking() {
    return chunking != Chunking.NONE;
  }

  void beginTransaction(String address, String line, boolean unicode) {
    inTransaction = true;
    sender = address;
    senderLine = line;
    smtpUtf8 = unicode;
  }

  void endTransaction() {
    inTransaction = false;
    sender = "";
    senderLine = "";
    smtpUtf8 = false;
    chunking = Chunking.NONE;
    recipients.clear();
    recipientOvershoot = 0;
  }

  Step.Envelope envelope() {
    return new Step.Envelope(sender, senderLine, List.copyOf(recipients), smtpUtf8);
  }

  void count(Verb verb, boolean succeeded) {
    if (!succeeded) {
      errors++;
    }
    count(verb, succeeded ? 1 : 0);
  }

  /** Counts a command that is neither an error nor done. */
  void countTried(Verb verb) {
    count(verb, 0);
  }

  private void count(Verb verb, int succeeded) {
    counts.merge(
        verb,
        new SmtpProtocol.CommandCount(succeeded, 1),
        (a, b) ->
            new SmtpProtocol.CommandCount(a.succeeded() + b.succeeded(), a.tried() + b.tried()));
  }

  void countJunk(int limit) {
    if (junkCommands > limit) {
      errors++;
    }
    junkCommands++;
  }

  void forgive() {
    errors = 0;
    junkCommands = 0;
  }
}
