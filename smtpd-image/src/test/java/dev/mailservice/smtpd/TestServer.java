package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.smtpd.memory.Memory;
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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The real server on ports of loopback that the system chose. Closing it hangs up on everybody and
 * then demands that nothing is left of any session, whatever the test was about.
 */
public final class TestServer implements AutoCloseable {
  private static final String MAIN_CF =
      """
      myhostname = mx.example.test
      smtpd_banner = $myhostname ESMTP${stress? (condition RED)}
      smtpd_peername_lookup = no
      smtpd_client_connection_count_limit = 0
      smtpd_client_slot_share_limit = 0
      mydestination = example.test, mx.example.test
      relay_domains = relayed.test
      mynetworks = 192.0.2.0/24
      smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
      """;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final List<TestClient> clients = new CopyOnWriteArrayList<>();
  private final Optional<TestNextHop> nextHop;
  private final Path queue;
  private final Set<String> others;
  private final Smtpd smtpd;

  private TestServer(Configuration main, Optional<TestNextHop> nextHop, Path queue, Machine machine)
      throws Smtpd.StartException {
    this.nextHop = nextHop;
    this.queue = queue;
    this.others = nextHop.map(it -> ServerInsides.socketsTo(it.port())).orElse(Set.of());
    var out = new PrintStream(logged, true, StandardCharsets.UTF_8);
    var admin = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var log = new MailLog(out, Clock.systemUTC(), "host");
    var listen = new InetSocketAddress(machine.listen(), 0);
    this.smtpd =
        new Smtpd(main, listen, admin, log, machine.etc(), machine.memory(), machine.nanos());
    smtpd.start();
  }

  /**
   * Where a server is.
   *
   * @param etc the folder with {@code hosts} and {@code resolv.conf}
   * @param listen the address that clients come to, of loopback
   * @param memory what the server looks after
   * @param nanos its clock for elapsed time
   */
  public record Machine(Path etc, InetAddress listen, Memory memory, LongSupplier nanos) {
    /** The one that the test is on. */
    static final Machine OWN = new Machine(Path.of("/etc"), InetAddress.getLoopbackAddress());

    Machine(Path etc, InetAddress listen) {
      this(etc, listen, Memory.unwatched(), System::nanoTime);
    }

    /** The one that the test is on, with another clock. */
    static Machine withClock(LongSupplier nanos) {
      return new Machine(OWN.etc(), OWN.listen(), OWN.memory(), nanos);
    }

    /** The one that the test is on, with other memory. */
    static Machine withMemory(Memory memory) {
      return new Machine(OWN.etc(), OWN.listen(), memory, OWN.nanos());
    }
  }

  /** Starts it on another machine, as far as names and addresses go. */
  public static TestServer start(Machine machine, TestNextHop nextHop, String... options)
      throws Smtpd.StartException, IOException {
    return of(machine, MAIN_CF, nextHop.address(), Optional.of(nextHop), options);
  }

  /** Starts it before this next hop, with options as {@code name=value}. */
  public static TestServer start(TestNextHop nextHop, String... options)
      throws Smtpd.StartException, IOException {
    return of(Machine.OWN, MAIN_CF, nextHop.address(), Optional.of(nextHop), options);
  }

  /**
   * Starts it before this next hop, with TLS for clients that want it.
   *
   * @param chain a file with a key and its certificates, {@code smtpd_tls_chain_files}
   */
  static TestServer startWithTls(TestNextHop nextHop, String chain, String... options)
      throws Smtpd.StartException, IOException {
    Stream<String> tls =
        Stream.of(
            "smtpd_tls_security_level=may",
            "smtpd_tls_chain_files=" + chain,
            "smtpd_tls_loglevel=1");
    return start(nextHop, Stream.concat(tls, Stream.of(options)).toArray(String[]::new));
  }

  /** Starts it before the next hop at this address. */
  public static TestServer start(String nextHop, String... options)
      throws Smtpd.StartException, IOException {
    return of(MAIN_CF, nextHop, options);
  }

  /** Starts it with a {@code main.cf} of the test's own. */
  public static TestServer of(String mainCf, String nextHop, String... options)
      throws Smtpd.StartException, IOException {
    return of(Machine.OWN, mainCf, nextHop, Optional.empty(), options);
  }

  private static TestServer of(
      Machine machine,
      String mainCf,
      String address,
      Optional<TestNextHop> nextHop,
      String... options)
      throws Smtpd.StartException, IOException {
    Path queue = Files.createTempDirectory("queue");
    try {
      Configuration main =
          Configuration.of(MainCf.parse("main.cf", mainCf), SmtpdParameters.all())
              .override("smtpd_proxy_filter=" + address)
              .override("queue_directory=" + queue);
      for (String option : options) {
        main = main.override(option);
      }
      return new TestServer(main, nextHop, queue, machine);
    } catch (Smtpd.StartException | RuntimeException e) {
      Files.delete(queue);
      throw e;
    }
  }

  TestClient connect() throws IOException {
    return connectTo(smtpd.address());
  }

  /** Connects to an address of the machine, where the server listens on all. */
  TestClient connectOver(String address) throws IOException {
    return connectTo(new InetSocketAddress(address, smtpd.address().getPort()));
  }

  private TestClient connectTo(InetSocketAddress address) throws IOException {
    var client = new TestClient(address);
    clients.add(client);
    return client;
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
  public double metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
        .sum();
  }

  @Override
  public void close() throws IOException {
    smtpd.close();
    for (TestClient client : clients) {
      client.close();
    }
    if (nextHop.isPresent()) {
      nextHop.get().releaseFinalDot();
      nextHop.get().hangUpOnAll();
    }
    var insides = new ServerInsides(smtpd);
    insides.awaitNothingHeld();
    insides.awaitNoSocket();
    nextHop.ifPresent(it -> ServerInsides.awaitNoSocketTo(it.port(), others));
    ServerInsides.requireNoFault(log());
    assertThat(openFiles()).as("files of a session that is over").isEmpty();
    // It must be empty.
    Files.delete(queue);
  }

  /** Files in the queue's folder that the process has open, those without a name, too. */
  private List<String> openFiles() throws IOException {
    var open = new ArrayList<String>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith(queue.toString())) {
            open.add(target);
          }
        } catch (NoSuchFileException e) {
          // Some other test has closed it by now.
          continue;
        }
      }
    }
    return open;
  }
}
