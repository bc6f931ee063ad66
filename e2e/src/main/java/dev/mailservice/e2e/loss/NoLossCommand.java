package dev.mailservice.e2e.loss;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code e2e bench no-loss}. */
@Command(
    name = "no-loss",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Kills servers, ends them, and takes their next hop or their disk away under load, and looks"
          + " whether anything that was acknowledged is missing.",
      "What was played before with the same seed is in the results file and not played again.",
      "Exit status: 0, 1 when a round was not good or could not be played, 2 for wrong arguments."
    })
public final class NoLossCommand implements Callable<Integer> {
  @Option(names = "--rounds", paramLabel = "N", description = "how many", defaultValue = "20")
  private int rounds;

  @Option(
      names = "--postfix-rounds",
      paramLabel = "N",
      description = "of those, how many with Postfix as well",
      defaultValue = "0")
  private int postfixRounds;

  @Option(names = "--seed", paramLabel = "N", description = "what happens when", defaultValue = "1")
  private long seed;

  @Option(
      names = "--round",
      paramLabel = "N",
      description = "play this one round, and keep nothing")
  private @Nullable Integer round;

  @Option(
      names = "--side",
      description = "with --round: ${COMPLETION-CANDIDATES}",
      defaultValue = "smtpd")
  private Side side = Side.SMTPD;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "how many rounds at a time",
      defaultValue = "2")
  private int lanes;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "where results are kept",
      defaultValue = "e2e/target/bench/no-loss.jsonl")
  private Path results = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path project = Path.of(System.getProperty("project.root", ".")).toAbsolutePath().normalize();
    var noLoss = new NoLoss(project, lanes, err::println);
    if (round != null) {
      return noLoss.play(side, RoundPlan.of(seed, round)).isGood() ? 0 : 1;
    }
    List<RoundResult> all = new ArrayList<>(noLoss.play(Side.SMTPD, seed, rounds, results));
    if (postfixRounds > 0) {
      all.addAll(noLoss.play(Side.POSTFIX, seed, postfixRounds, results));
    }
    out.print(NoLossTable.of(all));
    out.flush();
    long ours = all.stream().filter(it -> it.side() == Side.SMTPD).count();
    boolean good = all.stream().filter(it -> it.side() == Side.SMTPD).allMatch(RoundResult::isGood);
    if (ours < rounds) {
      out.printf("NOT PLAYED: %d rounds, which need root%n", rounds - ours);
    }
    return good && ours == rounds ? 0 : 1;
  }
}
