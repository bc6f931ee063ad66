package dev.mailservice.e2e.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.report.Floor.Met;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.bench.report.TextReport;
import dev.mailservice.e2e.load.Sessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The section in miniature, with both servers: what it reports, and not how fast they are. */
class ThroughputIT {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
  private static final int TURNS = 2;

  private final List<String> progress = new ArrayList<>();

  @BeforeAll
  static void needsRoot() throws Exception {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    assumeTrue(
        root || "true".equals(System.getenv("CI")), "Postfix changes to another account, as root");
  }

  @Test
  void bothSidesAreMeasuredInTurnAndNoMessageIsLost() throws Exception {
    var plain = new Case(2, 4, Sessions.ONE_MESSAGE_EACH, false);
    var tls = new Case(2, 2, Sessions.ONE_MESSAGE_EACH, true);
    var moment = Duration.ofMillis(200);
    var section =
        new Throughput(it -> List.of(plain, tls), it -> new Pacing(moment, moment, moment));

    SectionReport report =
        section.measure(
            new BenchPlan(
                true, OptionalInt.of(TURNS), 1, ROOT.toAbsolutePath().normalize(), progress::add));

    assertThat(report.rows())
        .filteredOn(it -> it.what().equals(plain.words()))
        .extracting(Row::unit)
        .containsExactly(
            "messages per CPU second",
            "messages per second",
            "ms p99, same arrivals",
            "ms p99, full speed",
            "µs CPU per message, tool");
    assertThat(report.rows())
        .hasSize(10)
        .allSatisfy(
            row -> {
              assertThat(row.oursRuns()).hasSize(TURNS);
              assertThat(row.postfixRuns()).hasSize(TURNS);
              boolean judged = row.floor() != null;
              assertThat(row.met() == Met.NO_FLOOR).isEqualTo(!judged);
              assertThat(judged).as(row.unit()).isEqualTo(isPromised(row, plain));
            });
    assertThat(report.runs())
        .hasSize(2 * 2 * 2 * TURNS)
        .allSatisfy(
            it -> {
              var run = (SingleRun) it;
              assertThat(run.verdict().flawless()).isTrue();
              // In so short a time there may be no arrival at all.
              if (run.arrivalsPerSecond() == null) {
                assertThat(run.messagesPerSecond()).isPositive();
                assertThat(run.messagesPerCpuSecond()).isPositive();
                assertThat(run.delay().p99S()).isPositive();
              }
            });
    assertThat(report.runs().stream().limit(2 * TURNS).map(it -> ((SingleRun) it).side()))
        .containsExactly("ours", "Postfix", "Postfix", "ours");
    assertThat(TextReport.of(report)).contains("smtpd_proxy_filter", "The tool alone");
    assertThat(progress).hasSameSizeAs(report.runs());
  }

  private static boolean isPromised(Row row, Case plain) {
    return row.what().equals(plain.words())
        && List.of("messages per CPU second", "messages per second", "ms p99, same arrivals")
            .contains(row.unit());
  }
}
