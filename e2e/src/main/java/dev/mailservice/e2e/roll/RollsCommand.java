package dev.mailservice.e2e.roll;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mailservice.e2e.demo.Installation;
import dev.mailservice.e2e.demo.LocalCluster;
import dev.mailservice.e2e.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code e2e rolls}. */
@Command(
    name = "rolls",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Rolls a fleet on the local cluster again and again, under a flood and good mail, and counts"
          + " how good clients fare. Needs root and the images of the last ./mvnw package.",
      "Rolls that the results file has with the same seed are not repeated.",
      "Exit status: 0, 1 when a good client was left without an answer or rolls are missing, 2 for"
          + " wrong arguments."
    })
public final class RollsCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = Json.mapper();

  @Option(names = "--rolls", paramLabel = "N", description = "how many", defaultValue = "200")
  private int rolls;

  @Option(names = "--seed", paramLabel = "N", description = "of good mail", defaultValue = "1")
  private long seed;

  @Option(
      names = "--pods",
      paramLabel = "N",
      description = "how many the fleet has",
      defaultValue = "2")
  private int pods;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "begin no roll after this long; the next run goes on",
      defaultValue = "600")
  private int minutes;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "where results are kept",
      defaultValue = "e2e/target/bench/rolls.jsonl")
  private Path results = Path.of("");

  @Option(names = "--keep", description = "leave the cluster and all in it as they are")
  private boolean keep;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Instant end = Clock.systemUTC().instant().plus(Duration.ofMinutes(minutes));
    Path root = Path.of(System.getProperty("project.root", ".")).toAbsolutePath().normalize();
    List<RollResult> done = read();
    List<Integer> missing =
        IntStream.range(0, rolls)
            .filter(number -> done.stream().noneMatch(it -> it.number() == number))
            .boxed()
            .toList();
    long lost = 0;
    if (!missing.isEmpty()) {
      var cluster = new LocalCluster(root, root.resolve("e2e/target/rolls.log"));
      boolean wasUp = cluster.isUp();
      try {
        cluster.up();
        lost = roll(cluster, new Installation(root, cluster), missing, end, done, err);
      } finally {
        if (!wasUp && !keep) {
          cluster.down();
        }
      }
    }
    return report(done, lost, out) ? 0 : 1;
  }

  private long roll(
      LocalCluster cluster,
      Installation installation,
      List<Integer> missing,
      Instant end,
      List<RollResult> done,
      PrintWriter err)
      throws IOException, InterruptedException {
    if (!installation.isPresent()) {
      installation.loadImages();
      installation.installOperator();
      installation.applyExamples(3600);
    }
    var rolls = new Rolls(cluster, seed, pods, err::println);
    Rolls.Ledger ledger =
        rolls.run(
            missing,
            end,
            result -> {
              done.add(result);
              Files.writeString(
                  results,
                  JSON.writeValueAsString(result) + "\n",
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND);
            });
    err.printf(
        "acknowledged in this run: %d, of those lost: %d %s%n",
        ledger.acknowledged(), ledger.lost().size(), ledger.lost());
    return ledger.lost().size();
  }

  private List<RollResult> read() throws IOException {
    var done = new ArrayList<RollResult>();
    if (Files.exists(results)) {
      for (String line : Files.readAllLines(results)) {
        RollResult result = JSON.readValue(line, RollResult.class);
        if (result.seed() == seed && result.number() < rolls) {
          done.add(result);
        }
      }
    } else {
      Files.createDirectories(results.toAbsolutePath().getParent());
    }
    return done;
  }

  /** Whether the promise was kept. */
  private boolean report(List<RollResult> done, long lost, PrintWriter out) {
    Map<String, Integer> mails = new TreeMap<>();
    int pods = 0;
    int strangers = 0;
    for (RollResult result : done) {
      result.mails().forEach((fate, times) -> mails.merge(fate, times, Integer::sum));
      pods += result.podsEnded();
      strangers += result.strangers().size();
    }
    out.printf("%d of %d rolls, seed %d, %d pods ended%n", done.size(), rolls, seed, pods);
    mails.forEach((fate, times) -> out.printf("  %-28s %d%n", fate, times));
    out.printf("good clients left without an answer: %d%n", strangers);
    out.flush();
    return strangers == 0 && lost == 0 && done.size() >= rolls;
  }
}
