package dev.mailservice.smtpd.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.memory.Memory;
import dev.mailservice.smtpd.memory.MemoryWatch;
import dev.mailservice.smtpd.memory.NoListener;
import dev.mailservice.smtpd.nexthop.ReplyTimes;
import dev.mailservice.smtpd.slots.Backlog;
import dev.mailservice.smtpd.slots.BacklogOverflow;
import dev.mailservice.smtpd.slots.Descriptors;
import dev.mailservice.smtpd.slots.Personality;
import dev.mailservice.smtpd.slots.Personality.Leader;
import dev.mailservice.smtpd.slots.Slots;
import dev.mailservice.smtpd.waiting.SessionTimes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** Nobody sends mail here. */
  private static final class NoDelivery implements Delivery {
    @Override
    public String description() {
      return "none";
    }

    @Override
    public DeliveryTransaction open(Origin origin, Duration patience) throws IOException {
      throw new IOException("none");
    }
  }

  static SmtpdMetrics metrics() {
    var personality = new Personality<>("calm", "stressed", Leader.CALM, System::nanoTime);
    return new SmtpdMetrics(
        new SmtpdMetrics.Parts(
            new Slots(1, personality, System::nanoTime),
            new Backlog(0),
            new BacklogOverflow(),
            new Descriptors(),
            personality,
            new NoDelivery(),
            new MemoryWatch(Memory.unwatched(), new NoListener(), System::nanoTime),
            new SessionTimes(System::nanoTime),
            new ReplyTimes(),
            () -> 0,
            () -> 0));
  }

  @ParameterizedTest
  @CsvSource({
    "/livez,  false, true,  200",
    "/livez,  true,  false, 503",
    "/readyz, false, true,  503",
    "/readyz, true,  false, 200",
  })
  void each_probe_tells_of_what_it_is_for(String path, boolean ready, boolean alive, int status)
      throws Exception {
    try (var admin = new AdminServer(ANY_PORT, metrics(), () -> ready, () -> alive);
        HttpClient http = HttpClient.newHttpClient()) {
      admin.start();
      URI uri = URI.create("http://127.0.0.1:%d%s".formatted(admin.address().getPort(), path));
      assertThat(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()))
          .extracting(it -> it.statusCode())
          .isEqualTo(status);
    }
  }
}
