package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.protocol.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that passes commands and content on while the client speaks. Follows Postfix's
 * smtpd_proxy.c: the next hop's refusals are the client's; a positive reply in the wrong place is a
 * failure of the next hop.
 */
final class ProxyTransaction implements DeliveryTransaction {
  /** Postfix's word for a next hop that fails, cleanup_strerror(3) for CLEANUP_STAT_PROXY. */
  private static final Reply FAILED = Reply.of("451 4.3.0 Error: queue file write error");

  private static final Reply RECIPIENT_OK = Reply.of("250 2.1.5 Ok");
  private static final Reply SMTPUTF8_NEEDED =
      Reply.of("550 5.6.7 SMTPUTF8 is required, but was not offered by the next hop");

  private final NextHopAddress address;
  private final ProxySessions sessions;
  private final Origin origin;
  private final Consumer<String> warnings;
  private final ReplyTimes replyTimes;
  private final LongSupplier nanos;
  private volatile ProxySession session;
  private @Nullable DotStuffing stuffing;
  private @Nullable IOException failure;
  private @Nullable Reply refusal;
  private volatile boolean finished;
  private boolean watched;
  private @Nullable String announced;

  /** The RCPT command that was said together with MAIL and whose reply was not read yet. */
  private @Nullable String recipientAsked;

  ProxyTransaction(
      NextHopAddress address,
      ProxySessions sessions,
      ProxySession session,
      Origin origin,
      Consumer<String> warnings,
      ReplyTimes replyTimes,
      LongSupplier nanos) {
    this.address = address;
    this.sessions = sessions;
    this.session = session;
    this.origin = origin;
    this.warnings = warnings;
    this.replyTimes = replyTimes;
    this.nanos = nanos;
  }

  @Override
  public void watched() {
    watched = true;
    session.connection().watched();
  }

  @Override
  public void announce(String command) {
    announced = command;
  }

  @Override
  public Reply mail(String sender, String command) throws IOException {
    requireWhole();
    EnvelopeCommand mail = EnvelopeCommand.parse(command);
    try {
      Reply reply = introduce(mail);
      if (!session.isKept() || reply.code() != 421) {
        return reply;
      }
    } catch (IOException e) {
      if (!session.isKept()) {
        throw failed(e);
      }
    }
    // Nothing of this message has been sent, and a kept session may have ended at any time.
    try {
      session = sessions.replace(session);
      if (watched) {
        session.connection().watched();
      }
      return introduce(mail);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Reply introduce(EnvelopeCommand mail) throws IOException {
    recipientAsked = null;
    Offer offer = session.offer();
    List<String> forwarding = Forwarding.commands(origin, offer.forwarded());
    boolean refusedHere = mail.has("SMTPUTF8") && !offer.takes("SMTPUTF8");
    if (offer.has("PIPELINING") && !refusedHere) {
      return introduceAtOnce(forwarding, mail.keeping(offer::takes));
    }
    for (String command : forwarding) {
      Optional<Reply> refusal = refusalToForward(command, session.connection().say(command));
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    return refusedHere ? SMTPUTF8_NEEDED : expect(2, mail.keeping(offer::takes));
  }

  /**
   * Says all that comes before the reply that the client waits for, RFC 2920, as Postfix's smtp(8)
   * does. Behind a refusal the rest comes to nothing, and so does the session.
   */
  private Reply introduceAtOnce(List<String> forwarding, String mail) throws IOException {
    var commands = new ArrayList<>(forwarding);
    commands.add(mail);
    String recipient =
        announced == null ? null : EnvelopeCommand.parse(announced).keeping(session.offer()::takes);
    if (recipient != null) {
      commands.add(recipient);
    }
    long said = nanos.getAsLong();
    session.connection().send(commands);
    for (String command : forwarding) {
      Optional<Reply> refusal = refusalToForward(command, session.connection().read());
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    Reply reply = expected(2, mail, session.connection().read());
    replyTimes.add(ReplyTimes.Kind.COMMAND, nanos.getAsLong() - said);
    recipientAsked = recipient;
    return reply;
  }

  private Optional<Reply> refusalToForward(String command, Reply reply) {
    if (reply.code() / 100 == 2) {
      return Optional.empty();
    }
    warnings.accept(ProxySession.rejected(address, command, reply));
    return Optional.of(reply.code() == 421 ? reply : FAILED);
  }

  @Override
  public Reply rcpt(String recipient, String command) throws IOException {
    requireWhole();
    try {
      String asked = recipientAsked;
      recipientAsked = null;
      Reply reply =
          asked == null
              ? expect(2, EnvelopeCommand.parse(command).keeping(session.offer()::takes))
              : expected(2, asked, session.connection().read());
      return reply.isPositive() ? RECIPIENT_OK : reply;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public Optional<Reply> data() throws IOException {
    requireWhole();
    try {
      Reply reply = expect(3, "DATA");
      if (reply.isPositive()) {
        session.connection().expectSilence(true);
        stuffing = new DotStuffing(session.connection().out());
        return Optional.empty();
      }
      return Optional.of(reply);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Says a command.
   *
   * @param hundreds the first digit of what is hoped for
   * @return what was hoped for, or a refusal; also where the next hop says yes to what was not
   *     asked
   * @throws IOException if there is no reply
   */
  private Reply expect(int hundreds, String command) throws IOException {
    return expected(
        hundreds, command, timed(ReplyTimes.Kind.COMMAND, session.connection(), command));
  }

  private Reply expected(int hundreds, String command, Reply reply) {
    if (reply.code() / 100 == hundreds) {
      return reply;
    }
    warnings.accept(ProxySession.rejected(address, command, reply));
    return reply.isPositive() ? FAILED : reply;
  }

  @Override
  public OutputStream content() {
    return new Content();
  }

  /** Remembers why the message can go nowhere, and what the next hop said to it. */
  private final class Content extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      requireWhole();
      try {
        stuffing().write(bytes, from, count);
      } catch (IOException e) {
        hearWhy();
        throw failed(e);
      }
    }

    @Override
    public void flush() throws IOException {
      requireWhole();
      try {
        stuffing().flush();
      } catch (IOException e) {
        hearWhy();
        throw failed(e);
      }
    }
  }

  private DotStuffing stuffing() {
    if (stuffing == null) {
      throw new IllegalStateException("content before DATA");
    }
    return stuffing;
  }

  /** A next hop that has enough of a message may say why before it hangs up. */
  private void hearWhy() {
    try {
      if (session.connection().hasInput()) {
        Reply reply = session.connection().read();
        refusal = reply.isPositive() ? null : reply;
      }
    } catch (IOException e) {
      // It did not say.
      return;
    }
  }

  @Override
  public Reply end() throws IOException {
    if (refusal != null) {
      return refusal;
    }
    requireWhole();
    try {
      endLine();
      return outcome();
    } catch (IOException e) {
      if (e instanceof ProxyConnection.SpokeTooSoonException) {
        hearWhy();
      }
      IOException why = failed(e);
      if (refusal != null) {
        return refusal;
      }
      throw why;
    }
  }

  private void endLine() throws IOException {
    if (!stuffing().isAtLineStart()) {
      stuffing().write(new byte[] {'\r', '\n'}, 0, 2);
    }
  }

  /**
   * The final dot goes with what is left of the message, unless the next hop has spoken before:
   * whatever it answered then, it was not the dot.
   */
  private Reply outcome() throws IOException {
    ProxyConnection connection = session.connection();
    Reply reply = timed(ReplyTimes.Kind.MESSAGE, connection, ".");
    connection.expectSilence(false);
    if (reply.code() / 100 == 3) {
      throw new IOException(ProxySession.rejected(address, ".", reply));
    }
    finished = true;
    if (reply.code() == 421) {
      connection.closeQuietly();
      sessions.end();
    } else {
      connection.unwatched();
      sessions.giveBack(session);
    }
    return reply;
  }

  private Reply timed(ReplyTimes.Kind kind, ProxyConnection connection, String command)
      throws IOException {
    long said = nanos.getAsLong();
    Reply reply = connection.say(command);
    replyTimes.add(kind, nanos.getAsLong() - said);
    return reply;
  }

  private void requireWhole() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  /** From now on nothing goes on: recipients that were accepted are lost with the session. */
  private IOException failed(IOException cause) {
    failure = cause;
    session.connection().closeQuietly();
    return cause;
  }

  @Override
  public boolean holdsRoom() {
    return !finished;
  }

  @Override
  public boolean isStalled(long nanoTime) {
    return session.connection().isStalled(nanoTime);
  }

  @Override
  public void cut() {
    session.connection().cut();
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    finished = true;
    // A QUIT in the middle of a message would be a line of it.
    if (stuffing == null && failure == null) {
      session.quit();
    } else {
      session.connection().closeQuietly();
    }
    sessions.end();
  }
}
