package dev.mailservice.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.flood.FloodEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private final StringWriter text = new StringWriter();
  private final LiveTable table = new LiveTable(new PrintWriter(text), false, 10);
  private final RunRecord run = RecordedRun.record();

  @Test
  void showsARowASecondWithTheTimeFromTheOnset() {
    run.samples().forEach(table::second);

    List<String> rows = text.toString().lines().toList();
    assertThat(rows)
        .contains(
            "     -9 |       5        5    -    0.004    0.020  |       0        0 |     1      1"
                + "     0   | -",
            "      3 |       5        5    -    0.004    0.020  |     200      200 |     2      2"
                + "     1   | yes",
            "     20 |       5        5    1    0.004    0.020  |     200      200 |     2      2"
                + "     0   | yes");
    assertThat(rows.stream().filter(row -> row.contains("offered accepted lost"))).hasSize(2);
  }

  @Test
  void saysBetweenTheRowsWhatHappened() {
    run.flood().forEach(table::flood);
    run.fleet().stream().skip(4).forEach(table::fleet);

    assertThat(text.toString().lines())
        .contains(
            "    0.0 > the flood begins",
            "    0.9 > the operator turns stress on",
            "    1.0 > event Saturated: the last slot <is> taken",
            "    2.1 > the operator wants 2 pods",
            "    2.3 > pod mx-calm drains (calm)",
            "   35.0 > the operator turns stress off");
  }

  @Test
  void whatExistedBeforeTheRunIsNoHappening() {
    table.fleet(new FleetChange.WantedReplicas(RecordedRun.at(-20), 1));
    table.flood(new FloodEvent.Notice(RecordedRun.at(-10), "18000 hogs instead of 20000"));

    assertThat(text.toString()).isEqualTo("    0.0 > 18000 hogs instead of 20000\n");
  }
}
