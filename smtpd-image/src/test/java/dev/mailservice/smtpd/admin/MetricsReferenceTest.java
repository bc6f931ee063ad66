package dev.mailservice.smtpd.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.waiting.WaitingFor;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/metrics.md} are what the server says of its metrics. */
class MetricsReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Path WAITING =
      Path.of("src", "main", "java", "dev/mailservice/smtpd/waiting/WaitingFor.java");
  private static final String WRITE =
      "./mvnw -q -pl maincf,smtpd-image test -Dtest=MetricsReferenceTest -Dmetrics.write"
          + " -Dsurefire.failIfNoSpecifiedTests=false";
  private static final Pattern CONSTANT =
      Pattern.compile("/\\*\\*\\s(?<comment>[^/]+?)\\s\\*/\\s+(?<name>[A-Z_]+)[,;]");

  @Test
  void the_page_has_a_row_for_each_metric_and_each_thing_to_wait_for() throws IOException {
    String page = Files.readString(PAGE, StandardCharsets.UTF_8);
    String wanted =
        with(with(page, "metrics", "metric", metrics()), "waits", "waiting_for", waits());
    if (System.getProperty("metrics.write") != null) {
      Files.writeString(PAGE, wanted, StandardCharsets.UTF_8);
    }
    assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
        .as("docs/metrics.md is out of date; write its tables anew: " + WRITE)
        .isEqualTo(wanted);
  }

  private static Map<String, String> metrics() {
    return AdminServerTest.metrics().registry().scrape().stream()
        .collect(
            Collectors.toMap(
                MetricsReferenceTest::name,
                it -> String.valueOf(it.getMetadata().getHelp()).replaceFirst("\\.$", ""),
                (one, other) -> one,
                java.util.TreeMap::new));
  }

  /** As it is scraped. */
  private static String name(MetricSnapshot metric) {
    String name = metric.getMetadata().getPrometheusName();
    return switch (metric) {
      case CounterSnapshot it -> name + "_total";
      case HistogramSnapshot it -> name + "_bucket`, `_count`, `_sum";
      default -> name;
    };
  }

  private static Map<String, String> waits() throws IOException {
    var comments = new LinkedHashMap<String, String>();
    Matcher declarations = CONSTANT.matcher(Files.readString(WAITING, StandardCharsets.UTF_8));
    while (declarations.find()) {
      comments.put(
          declarations.group("name").toLowerCase(Locale.ROOT),
          declarations
              .group("comment")
              .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
              .replaceAll("\\{@code ([^}]*)}", "`$1`")
              .replaceFirst("\\.$", ""));
    }
    assertThat(comments).hasSize(WaitingFor.values().length);
    return comments;
  }

  private static String with(String page, String mark, String heading, Map<String, String> rows) {
    String begin = "<!-- %s: written by MetricsReferenceTest -->\n".formatted(mark);
    String end = "<!-- end of %s -->".formatted(mark);
    assertThat(page).containsOnlyOnce(begin).containsOnlyOnce(end);
    return page.substring(0, page.indexOf(begin) + begin.length())
        + "\n| %s | is |\n|---|---|\n".formatted(heading)
        + rows.entrySet().stream()
            .map(it -> "| `%s` | %s |\n".formatted(it.getKey(), it.getValue()))
            .collect(Collectors.joining())
        + "\n"
        + page.substring(page.indexOf(end));
  }
}
