package dev.mailservice.smtpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.smtpd.anvil.Anvil;
import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.dns.DnsJavaResolver;
import dev.mailservice.smtpd.dns.ResolvConf;
import dev.mailservice.smtpd.memory.Memory;
import dev.mailservice.smtpd.memory.MemoryWatch;
import dev.mailservice.smtpd.memory.NoListener;
import dev.mailservice.smtpd.peername.HostsFile;
import dev.mailservice.smtpd.policy.PolicyServers;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.sasl.AuthenticationServices;
import dev.mailservice.smtpd.slots.Personality;
import dev.mailservice.smtpd.slots.Personality.Leader;
import dev.mailservice.smtpd.slots.Slots;
import dev.mailservice.smtpd.table.TableDirectory;
import dev.mailservice.smtpd.table.TableFiles;
import dev.mailservice.smtpd.table.TableServers;
import dev.mailservice.smtpd.waiting.SessionTimes;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What no session may do to another, whatever is wrong with it. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class SessionsTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int OTHERS = 6;
  private static final LongSupplier NANOS = System::nanoTime;

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final List<Socket> clients = new ArrayList<>();
  private ServerSocket listening;
  private Sessions sessions;
  private Slots slots;

  @BeforeEach
  void start() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var log =
        new MailLog(
            new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC(), "host");
    Configuration main =
        Configuration.of(
                MainCf.parse(
                    "main.cf",
                    """
                    myhostname = mx.example.test
                    mydestination = example.test
                    smtpd_peername_lookup = no
                    smtpd_client_connection_count_limit = 0
                    smtpd_timeout = 1s
                    """),
                SmtpdParameters.all())
            .override("stress=");
    var tables =
        new TableDirectory(
            new TableFiles(Path.of("/")), new TableServers(NANOS), log::warning, NANOS);
    SmtpdSettings settings =
        SmtpdSettings.from(
            main,
            tables,
            new PolicyServers(log::warning, NANOS),
            new AuthenticationServices(NANOS),
            log.clock()::instant);
    var care =
        new ClientCare(
            new DnsJavaResolver(new ResolvConf(Path.of("/etc/resolv.conf"), NANOS), NANOS),
            new HostsFile(Path.of("/etc/hosts"), NANOS),
            new Anvil(Duration.ofSeconds(60), NANOS),
            100,
            100);
    var personality = new Personality<>(settings, settings, Leader.CALM, NANOS);
    slots = new Slots(100, personality, NANOS);
    sessions =
        new Sessions(
            personality,
            new FaultyDelivery(),
            care,
            new MemoryWatch(Memory.unwatched(), new NoListener(), NANOS),
            log,
            new Uncounted(),
            new SessionTimes(NANOS),
            NANOS);
  }

  @AfterEach
  void end() throws IOException {
    sessions.close();
    for (Socket client : clients) {
      client.close();
    }
    listening.close();
  }

  private BufferedReader connect() throws IOException {
    var client = new Socket(listening.getInetAddress(), listening.getLocalPort());
    clients.add(client);
    client.setSoTimeout(PATIENCE_MILLIS);
    Socket accepted = listening.accept();
    Thread.ofVirtual()
        .start(
            () -> {
              try (accepted) {
                sessions.serve(accepted, slots.reserve());
              } catch (IOException | InterruptedException e) {
                // Nothing of it is left then, either.
                return;
              }
            });
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    assertThat(in.readLine()).startsWith("220 ");
    return in;
  }

  @Test
  void a_fault_where_one_client_is_looked_at_lets_no_other_be_slow() throws IOException {
    BufferedReader faulty = connect();
    for (String line : List.of("HELO client.test", "MAIL FROM:<>", "RCPT TO:<user@example.test>")) {
      clients
          .getFirst()
          .getOutputStream()
          .write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(faulty.readLine()).startsWith("250 ");
    }
    var others = new ArrayList<BufferedReader>();
    for (int i = 0; i < OTHERS; i++) {
      others.add(connect());
    }
    for (BufferedReader other : others) {
      assertThat(other.readLine()).isEqualTo("421 4.4.2 mx.example.test Error: timeout exceeded");
    }
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("looking for slow clients: ");
  }

  /** Takes mail, and fails when it is asked whether it gets on. */
  private static final class FaultyDelivery implements Delivery {
    @Override
    public String description() {
      return "faulty";
    }

    @Override
    public DeliveryTransaction open(Origin origin, Duration patience) {
      return new DeliveryTransaction() {
        @Override
        public Reply mail(String address, String command) {
          return Reply.of("250 2.1.0 Ok");
        }

        @Override
        public Reply rcpt(String address, String command) {
          return Reply.of("250 2.1.5 Ok");
        }

        @Override
        public Optional<Reply> data() {
          return Optional.empty();
        }

        @Override
        public OutputStream content() {
          return OutputStream.nullOutputStream();
        }

        @Override
        public Reply end() {
          return Reply.of("451 4.3.0 no");
        }

        @Override
        public boolean isStalled(long nanoTime) {
          throw new LinkageError("a fault of this server's own");
        }

        @Override
        public void cut() {}

        @Override
        public void close() {}
      };
    }
  }

  /** Counts nothing. */
  private static final class Uncounted implements Events {
    @Override
    public void connected() {}

    @Override
    public void messageAccepted() {}

    @Override
    public void refused(int code) {}

    @Override
    public void timedOut() {}

    @Override
    public void nextHopFailed() {}
  }
}
