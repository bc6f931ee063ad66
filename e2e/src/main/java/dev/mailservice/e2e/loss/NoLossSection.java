package dev.mailservice.e2e.loss;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.Section;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Whether anything that was acknowledged can be lost. A run is a round, and none is repeated. */
public final class NoLossSection implements Section {
  private static final String RESULTS = "e2e/target/bench/no-loss.jsonl";
  private static final int AT_A_TIME = 2;
  private static final int QUICK = 10;
  private static final int FULL = 1000;

  /** Of so many rounds Postfix plays one; enough to see that it is judged by the same measure. */
  private static final int POSTFIX_PART = 10;

  @Override
  public String name() {
    return "no-loss";
  }

  @Override
  public String description() {
    return "acknowledged and lost, when servers are killed or lose their next hop or their disk";
  }

  @Override
  public SectionReport measure(BenchPlan plan) throws IOException, InterruptedException {
    int rounds = plan.runs(QUICK, FULL);
    Path file = plan.project().resolve(RESULTS);
    var noLoss = new NoLoss(plan.project(), AT_A_TIME, plan.progress());
    List<RoundResult> ours = noLoss.play(Side.SMTPD, plan.seed(), rounds, file);
    List<RoundResult> postfix =
        noLoss.play(Side.POSTFIX, plan.seed(), Math.max(QUICK, rounds / POSTFIX_PART), file);
    List<RoundResult> all = new ArrayList<>(ours);
    all.addAll(postfix);
    return new SectionReport(
        name(),
        description(),
        List.of(
            "rounds of ten kinds, see docs/no-loss.md; figures are sums over all rounds",
            "Postfix plays the kinds with a next hop of one round in ten, so its sums are smaller"),
        List.of(
            row("rounds", ours, postfix, it -> 1, Floor.atLeast(rounds)),
            row("messages", ours, postfix, it -> it.account().messages(), null),
            row(
                "acknowledged and lost",
                ours,
                postfix,
                it -> it.account().lost().size(),
                Floor.atMost(0)),
            row("damaged", ours, postfix, it -> it.account().damaged(), Floor.atMost(0)),
            row("unknown to the client", ours, postfix, it -> it.account().unknown(), null),
            row("duplicates", ours, postfix, it -> it.account().duplicates(), null),
            row(
                "duplicates without a reason",
                ours,
                postfix,
                it -> it.account().unexplained(),
                Floor.atMost(0)),
            row(
                "servers that did not end",
                ours,
                postfix,
                it -> it.hung() ? 1 : 0,
                Floor.atMost(0))),
        List.of(),
        all);
  }

  private static Row row(
      String what,
      List<RoundResult> ours,
      List<RoundResult> postfix,
      ToIntFunction<RoundResult> count,
      @Nullable Floor floor) {
    return Row.of(what, "in all", List.of(sum(ours, count)), List.of(sum(postfix, count)), floor);
  }

  private static double sum(List<RoundResult> results, ToIntFunction<RoundResult> count) {
    return results.stream().mapToInt(count).sum();
  }
}
