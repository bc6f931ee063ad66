package dev.mailservice.e2e.soak;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.Section;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a server takes the same after half an hour of work. */
public final class SoakSection implements Section {
  private static final Duration QUICK = Duration.ofMinutes(2);
  private static final Duration FULL = Duration.ofMinutes(30);

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String description() {
    return "memory, threads and file descriptors over time at 70 % load with hogs";
  }

  @Override
  public SectionReport measure(BenchPlan plan) throws IOException, InterruptedException {
    Duration length = plan.quick() ? QUICK : FULL;
    Soak.Result result =
        new Soak(plan.project(), plan.seed(), plan.progress())
            .run(length, SoakCommand.pause(length));
    var rows = new ArrayList<Row>();
    for (Verdict verdict : result.verdicts()) {
      rows.add(
          Row.of(
              verdict.gauge().title() + ", slope and two standard errors",
              verdict.gauge().unit() + " a connection",
              List.of(verdict.perConnection().atMost()),
              List.of(),
              Floor.atMost(verdict.gauge().mostPerConnection())));
    }
    rows.add(
        Row.of(
            "acknowledged and lost",
            "messages",
            List.of((double) result.lost()),
            List.of(),
            Floor.atMost(0)));
    return new SectionReport(
        name(),
        description(),
        List.of(
            "%d minutes, the first quarter is warm-up".formatted(length.toMinutes()),
            "a gauge is flat if a connection leaves less than the floor, by the line of least"
                + " squares through its samples and two standard errors of its slope more"),
        rows,
        List.of(),
        List.of(result));
  }
}
