package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitedOutput;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that the next hop hears of when the whole message is here: {@code
 * smtpd_proxy_options = speed_adjust}, so that a slow client holds no session of the next hop. The
 * envelope waits in memory, the content in a file that has no name and so vanishes with its last
 * user, however that ends. The next hop's first refusal is the refusal of the whole message, as in
 * Postfix.
 */
final class SpeedAdjustTransaction implements DeliveryTransaction {
  private static final Reply SENDER_OK = Reply.of("250 2.1.0 Ok");
  private static final Reply RECIPIENT_OK = Reply.of("250 2.1.5 Ok");
  private static final int COPY_BUFFER = 16 * 1024;

  private final FileChannel file;
  private final Opening next;
  private final List<Command> recipients = new ArrayList<>();
  private @Nullable Command sender;
  private @Nullable OutputStream content;
  private @Nullable IOException failure;
  private volatile @Nullable ProxyTransaction replay;
  private volatile boolean cut;
  private boolean watched;

  private record Command(String address, String line) {}

  /** Opens the transaction to which the message is replayed. */
  interface Opening {
    ProxyTransaction open() throws IOException;
  }

  SpeedAdjustTransaction(Path directory, Opening next) throws IOException {
    this.next = next;
    try {
      this.file = namelessFile(directory);
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  private static FileChannel namelessFile(Path directory) throws IOException {
    Path path = Files.createTempFile(directory, "speed_adjust", null);
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(path);
    }
  }

  private static IOException trouble(IOException cause) {
    return new IOException("proxy speed-adjust log I/O error: " + cause.getMessage(), cause);
  }

  @Override
  public void watched() {
    watched = true;
  }

  @Override
  public Reply mail(String address, String command) {
    sender = new Command(address, command);
    return SENDER_OK;
  }

  @Override
  public Reply rcpt(String address, String command) {
    recipients.add(new Command(address, command));
    return RECIPIENT_OK;
  }

  @Override
  public Optional<Reply> data() {
    content =
        new BufferedOutputStream(
            new WaitedOutput(WaitingFor.DISK, Channels.newOutputStream(file)), COPY_BUFFER) {
          @Override
          public synchronized void write(byte[] bytes, int from, int count) throws IOException {
            try {
              super.write(bytes, from, count);
            } catch (IOException e) {
              failure = trouble(e);
              throw failure;
            }
          }
        };
    return Optional.empty();
  }

  @Override
  public OutputStream content() {
    if (content == null) {
      throw new IllegalStateException("content before DATA");
    }
    return content;
  }

  @Override
  public Reply end() throws IOException {
    if (failure != null) {
      // A disk that has room again by now would deliver a message with a hole in it.
      throw failure;
    }
    try {
      content().flush();
      file.position(0);
    } catch (IOException e) {
      throw trouble(e);
    }
    ProxyTransaction open = next.open();
    replay = open;
    if (watched) {
      open.watched();
    }
    if (cut) {
      open.cut();
    }
    Optional<Reply> refusal = envelope(open);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      copy(open.content());
    } catch (NextHopException e) {
      // What it said to that, if anything, is for the client.
      return open.end();
    }
    return open.end();
  }

  private Optional<Reply> envelope(ProxyTransaction open) throws IOException {
    Command from = sender;
    if (from == null) {
      throw new IllegalStateException("no MAIL");
    }
    open.announce(recipients.getFirst().line());
    Reply reply = open.mail(from.address(), from.line());
    for (Command to : recipients) {
      if (!reply.isPositive()) {
        break;
      }
      reply = open.rcpt(to.address(), to.line());
    }
    return reply.isPositive() ? open.data() : Optional.of(reply);
  }

  /** It was the next hop that failed, and not the file. */
  private static final class NextHopException extends IOException {
    private static final long serialVersionUID = 1L;

    NextHopException(IOException cause) {
      super(cause);
    }
  }

  private void copy(OutputStream to) throws IOException {
    InputStream from = Channels.newInputStream(file);
    byte[] piece = new byte[COPY_BUFFER];
    int count;
    while ((count = read(from, piece)) > 0) {
      try {
        to.write(piece, 0, count);
      } catch (IOException e) {
        throw new NextHopException(e);
      }
    }
  }

  private static int read(InputStream from, byte[] piece) throws IOException {
    try (var unused = SessionTime.waitFor(WaitingFor.DISK)) {
      return from.read(piece);
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  @Override
  public boolean holdsRoom() {
    ProxyTransaction open = replay;
    return open != null && open.holdsRoom();
  }

  @Override
  public boolean isStalled(long nanoTime) {
    ProxyTransaction open = replay;
    return open != null && open.isStalled(nanoTime);
  }

  @Override
  public void cut() {
    cut = true;
    ProxyTransaction open = replay;
    if (open != null) {
      open.cut();
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      ProxyTransaction open = replay;
      if (open != null) {
        open.close();
      }
    }
  }
}
