package dev.mailservice.smtpd.protocol;

/** A command that cannot be: what the client is told instead. For use within this package. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Never leaves the process.
  private final Reply reply;

  Refused(Reply reply) {
    super(reply.toString(), null, false, false);
    this.reply = reply;
  }

  Refused(String reply) {
    this(Reply.of(reply));
  }

  Reply reply() {
    return reply;
  }
}
