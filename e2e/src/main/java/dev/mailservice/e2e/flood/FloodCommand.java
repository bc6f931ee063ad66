package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.smtp.AddressAndPort;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code e2e flood}. */
@Command(
    name = "flood",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Floods an SMTP server with slow clients while good clients send mail through it.",
      "Says what happens once a second, and a summary at the end. SIGTERM and Ctrl-C end it early,"
          + " with the summary."
    })
public final class FloodCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ADDRESS:PORT",
      description = "the server",
      converter = AddressAndPort.class)
  private InetSocketAddress target = new InetSocketAddress(25);

  @Option(names = "--hogs", description = "slow clients", defaultValue = "400")
  private int hogs;

  @Option(
      names = "--kind",
      description = "what they do: ${COMPLETION-CANDIDATES}",
      defaultValue = "idle")
  private HogKind kind = HogKind.IDLE;

  @Option(
      names = "--good",
      paramLabel = "RATE",
      description = "good mails a second",
      defaultValue = "5")
  private double good;

  @Option(
      names = "--arrivals",
      description = "how they are spread: ${COMPLETION-CANDIDATES}",
      defaultValue = "poisson")
  private ArrivalPattern arrivals = ArrivalPattern.POISSON;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "how long a good client tries, connecting included",
      defaultValue = "30")
  private int patience;

  @Option(
      names = "--calm",
      paramLabel = "SECONDS",
      description = "good mail alone before the flood",
      defaultValue = "10")
  private int calm;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "how long the hogs stay",
      defaultValue = "120")
  private int seconds;

  @Option(
      names = "--after",
      paramLabel = "SECONDS",
      description = "good mail alone after the flood (default: until told to end)")
  private @Nullable Integer after;

  @Option(
      names = "--source-prefix",
      paramLabel = "PREFIX",
      description =
          "give every client an address of its own out of this range, made local to this network"
              + " namespace for the time (root); without it the system chooses",
      converter = Prefix.Converter.class)
  private @Nullable Prefix sourcePrefix;

  @Option(
      names = "--addresses",
      paramLabel = "N",
      description = "let all hogs come from N addresses of --source-prefix")
  private @Nullable Integer addresses;

  @Option(names = "--seed", description = "same seed, same arrivals", defaultValue = "1")
  private long seed;

  @Option(
      names = "--stressed-banner",
      paramLabel = "REGEX",
      description = "note when a greeting first matches this, for example 'condition RED'")
  private @Nullable Pattern stressedBanner;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "sender of good mail",
      defaultValue = "sender@example.net")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "recipient of good mail",
      defaultValue = "user@example.test")
  private String to = "";

  @Option(
      names = "--size",
      paramLabel = "OCTETS",
      description = "size of a good mail",
      defaultValue = "2000")
  private int size;

  @Option(names = "--json", description = "a line of JSON for each event instead of text")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    FloodPlan wanted = plan();
    Consumer<FloodEvent> report = report(spec.commandLine().getOut());
    Instant start = Clock.systemUTC().instant();
    FloodPlan plan = bounded(wanted, start, report);
    CountDownLatch done = new CountDownLatch(1);
    try (LocalRoute ignored = sourcePrefix == null ? null : LocalRoute.add(sourcePrefix)) {
      Flood flood = new Flood(plan, sources(plan, start, report), start, report);
      stopAtShutdown(flood, done, plan.patience());
      flood.run();
    } finally {
      done.countDown();
    }
    return 0;
  }

  private FloodPlan plan() {
    require(hogs >= 0, "--hogs must be 0 or more");
    require(good > 0, "--good must be more than 0");
    require(patience > 0, "--patience must be more than 0");
    require(calm >= 0 && seconds >= 0, "--calm and --seconds must be 0 or more");
    require(after == null || after >= 0, "--after must be 0 or more");
    require(size >= 0, "--size must be 0 or more");
    require(
        addresses == null || sourcePrefix != null,
        "--addresses needs --source-prefix, where the addresses come from");
    require(addresses == null || addresses > 0, "--addresses must be more than 0");
    return new FloodPlan(
        target,
        hogs,
        kind,
        good,
        arrivals,
        Duration.ofSeconds(patience),
        Duration.ofSeconds(calm),
        Duration.ofSeconds(seconds),
        Optional.ofNullable(after).map(Duration::ofSeconds),
        seed,
        Optional.ofNullable(stressedBanner),
        from,
        to,
        size);
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private Consumer<FloodEvent> report(PrintWriter out) {
    return json ? new JsonReport(out) : new TextReport(out);
  }

  private static FloodPlan bounded(FloodPlan plan, Instant now, Consumer<FloodEvent> report) {
    long limit = OpenFiles.limit();
    int room = OpenFiles.roomForHogs(limit, plan.goodPerSecond(), plan.patience());
    if (plan.hogs() <= room) {
      return plan;
    }
    report.accept(
        new FloodEvent.Notice(
            now,
            "%d hogs instead of %d: this process may open %d files (ulimit -Hn)"
                .formatted(room, plan.hogs(), limit)));
    return plan.withHogs(room);
  }

  private SourceAddresses sources(FloodPlan plan, Instant now, Consumer<FloodEvent> report) {
    if (sourcePrefix == null) {
      return SourceAddresses.ofTheSystem();
    }
    long wanted = addresses != null ? addresses : Math.max(1, plan.hogs());
    long room = (sourcePrefix.size() - 1) / 2;
    if (wanted > room) {
      report.accept(
          new FloodEvent.Notice(
              now, "%s has %d addresses for hogs, who share them".formatted(sourcePrefix, room)));
    }
    return SourceAddresses.of(sourcePrefix, Math.min(wanted, room));
  }

  private static void stopAtShutdown(Flood flood, CountDownLatch done, Duration patience) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  flood.stop();
                  try {
                    // Good mail that is on its way ends by itself within the patience.
                    boolean ignored = done.await(patience.toSeconds() + 5, TimeUnit.SECONDS);
                  } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                  }
                },
                "stop"));
  }
}
