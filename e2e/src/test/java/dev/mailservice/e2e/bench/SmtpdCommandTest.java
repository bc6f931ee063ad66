package dev.mailservice.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SmtpdCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<BenchPlan> plans = new ArrayList<>();

  @Test
  void listsItsSections() {
    assertThat(run("--list")).isZero();
    assertThat(out.toString().lines().map(it -> it.split(" +")[0]))
        .containsExactly("fast", "slow", "broken");
    assertThat(plans).isEmpty();
  }

  @Test
  void aKeptFloorIsSuccess() {
    assertThat(run("fast", "--quick", "--runs", "7", "--seed", "3")).isZero();
    assertThat(out.toString()).contains("kept: at least 2 times Postfix");
    assertThat(plans)
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(plan.quick()).isTrue();
              assertThat(plan.runs(2, 5)).isEqualTo(7);
              assertThat(plan.seed()).isEqualTo(3);
            });
  }

  @Test
  void aMissedFloorIsNot() {
    assertThat(run("fast", "slow")).isEqualTo(1);
    assertThat(out.toString()).contains("MISSED: at least 2 times Postfix");
    assertThat(plans).extracting(it -> it.runs(2, 5)).containsExactly(5, 5);
  }

  @Test
  void writesWhatWasMeasuredAlsoWhenALaterSectionFails() throws IOException {
    Path json = folder.resolve("report.json");
    Path page = folder.resolve("report.html");

    int status = run("fast", "broken", "--json", json.toString(), "--page", page.toString());

    assertThat(status).isEqualTo(1);
    JsonNode report = Json.mapper().readTree(json.toFile());
    assertThat(report.at("/sections")).hasSize(1);
    assertThat(report.at("/sections/0/rows/0/ratio").asDouble()).isEqualTo(2.5);
    assertThat(report.at("/sections/0/runs/0/raw").asInt()).isEqualTo(1);
    assertThat(report.at("/machine/cores").asInt()).isPositive();
    assertThat(report.at("/command").asText()).startsWith("e2e/fast broken --json ");
    assertThat(page).content().contains("<section id=\"fast\">").contains("</html>");
  }

  private int run(String... arguments) {
    var commandLine =
        new CommandLine(
            new SmtpdCommand(List.of(section("fast", 5), section("slow", 3), new Broken())));
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private Section section(String name, double ours) {
    return new Section() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return "how " + name + " it is";
      }

      @Override
      public SectionReport measure(BenchPlan plan) {
        plans.add(plan);
        return new SectionReport(
            name,
            description(),
            List.of(),
            List.of(Row.of("it", "m/s", List.of(ours), List.of(2.0), Floor.atLeastTimes(2))),
            List.of(),
            List.of(Map.of("raw", 1)));
      }
    };
  }

  private static final class Broken implements Section {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public String description() {
      return "what cannot be measured";
    }

    @Override
    public SectionReport measure(BenchPlan plan) throws IOException {
      throw new IOException("it does not start");
    }
  }
}
