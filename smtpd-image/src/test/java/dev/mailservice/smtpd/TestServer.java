package dev.mailservice.smtpd;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.smtpd.session.MailLog;
import dev.mailservice.smtpd.slots.Slots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** The real server on ports of loopback that the system chose. */
public final class TestServer implements AutoCloseable {
  private static final String MAIN_CF =
      """
      myhostname = mx.example.test
      smtpd_banner = $myhostname ESMTP${stress? (condition RED)}
      smtpd_peername_lookup = no
      smtpd_client_connection_count_limit = 0
      smtpd_client_slot_share_limit = 0
      mydestination = example.test
      relay_domains = relayed.test
      mynetworks = 192.0.2.0/24
      smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
      """;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Smtpd smtpd;

  private TestServer(Configuration main) throws Smtpd.StartException {
    var out = new PrintStream(logged, true, StandardCharsets.UTF_8);
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.smtpd = new Smtpd(main, anyPort, anyPort, new MailLog(out, Clock.systemUTC(), "host"));
    smtpd.start();
  }

  /** Starts it before this next hop, with options as {@code name=value}. */
  public static TestServer start(TestNextHop nextHop, String... options)
      throws Smtpd.StartException {
    return start(nextHop.address(), options);
  }

  /** Starts it before the next hop at this address. */
  public static TestServer start(String nextHop, String... options) throws Smtpd.StartException {
    Configuration main =
        Configuration.of(MainCf.parse("main.cf", MAIN_CF), SmtpdParameters.all())
            .override("smtpd_proxy_filter=" + nextHop);
    for (String option : options) {
      main = main.override(option);
    }
    return new TestServer(main);
  }

  TestClient connect() throws IOException {
    return new TestClient(smtpd.address());
  }

  /** How its slots are used. */
  public Slots.Usage usage() {
    return smtpd.usage();
  }

  /** The server itself. */
  public Smtpd smtpd() {
    return smtpd;
  }

  /** What it has logged so far. */
  public List<String> log() {
    return logged.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The body of a GET from the admin port. */
  String get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(smtpd.adminAddress().getPort(), path));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }

  /** A metric's value as the scraper reads it. */
  double metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
        .sum();
  }

  @Override
  public void close() {
    smtpd.close();
  }
}
