package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.protocol.Reply;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** Delivers through a next hop. */
public record NextHopDelivery(NextHop nextHop) implements Delivery {
  @Override
  public String description() {
    return "proxy filter " + nextHop.address();
  }

  @Override
  public DeliveryTransaction open(Origin origin, Duration patience) throws IOException {
    return new Passing(nextHop.open(patience));
  }

  private record Passing(NextHopTransaction to) implements DeliveryTransaction {
    @Override
    public Reply mail(String address, String command) throws IOException {
      return to.say(command);
    }

    @Override
    public Reply rcpt(String address, String command) throws IOException {
      return to.say(command);
    }

    @Override
    public Optional<Reply> data() throws IOException {
      Reply ready = to.say("DATA");
      if (ready.code() == 354) {
        return Optional.empty();
      }
      return Optional.of(
          ready.isPositive() ? Reply.of("451 4.3.0 Error: queue file write error") : ready);
    }

    @Override
    public OutputStream content() {
      return new DotStuffing(to.content());
    }

    @Override
    public Reply end() throws IOException {
      Reply reply = to.endContent();
      to.quit();
      return reply;
    }

    @Override
    public boolean isStalled(long nanoTime) {
      return to.isStalled(nanoTime);
    }

    @Override
    public void cut() {
      to.cut();
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }

  private static final class DotStuffing extends FilterOutputStream {
    private boolean lineStart = true;

    DotStuffing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length == 0) {
        return;
      }
      if (lineStart && bytes[from] == '.') {
        out.write('.');
      }
      out.write(bytes, from, length);
      lineStart = bytes[from + length - 1] == '\n';
    }
  }
}
