package dev.mailservice.e2e.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mailservice.e2e.flood.HogKind;
import dev.mailservice.e2e.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./demo}: everything from a checkout to a chart of a flood that a fleet has met. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Shows a flood of slow clients meet a fleet of mail servers on a real Kubernetes.",
      "Without --context it starts a cluster on this machine (Linux, root) and takes it down again."
    })
public final class Demo implements Callable<Integer> {
  private static final int SIGINT_STATUS = 130;

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
      names = "--patience",
      paramLabel = "SECONDS",
      description = "how long a good client tries",
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
      names = "--revert-after",
      paramLabel = "SECONDS",
      description = "how long the fleet stays stressed after it was last saturated",
      defaultValue = "60")
  private int revertAfter;

  @Option(names = "--seed", description = "same seed, same good mail", defaultValue = "1")
  private long seed;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "where to write the numbers, as JSON")
  private @Nullable Path summaryFile;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "where to write the chart, as HTML (default: e2e/target/demo/chart.html)")
  private @Nullable Path chartFile;

  @Option(names = "--keep", description = "leave the cluster and all in it as they are")
  private boolean keep;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description =
          "use this context of the kubeconfig, with kubectl and helm from the PATH; flood and sink"
              + " run as pods")
  private @Nullable String context;

  @Option(
      names = "--load-command",
      paramLabel = "COMMAND",
      description =
          "with --context, loads an image into that cluster; {} stands for the image's tar, as in"
              + " 'kind load image-archive {}'")
  private @Nullable String loadCommand;

  @Option(
      names = "--no-build",
      description = "take the images that the last ./mvnw package has built")
  private boolean noBuild;

  @Option(names = "--root", hidden = true, defaultValue = ".")
  private Path root = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock = Clock.systemUTC();
  private volatile boolean ending;
  private volatile boolean clusterStarted;

  private Demo() {}

  /** Runs the demo; the exit status is 0, 1 when a step failed, or 2 for wrong arguments. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Demo()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws InterruptedException {
    ScenarioPlan plan = plan();
    Path home = root.toAbsolutePath().normalize();
    Path log = home.resolve("e2e/target/demo/demo.log");
    Commands commands = new Commands(home, log, Map.of());
    logTo(log);
    Progress progress = new Progress(out(), clock);
    Undo undo = new Undo();
    Thread hook = new Thread(() -> endEarly(commands, undo), "end");
    Runtime.getRuntime().addShutdownHook(hook);
    progress.accept("logs go to " + log);
    try {
      Scenario.Result result = run(home, commands, plan, progress, undo);
      report(home, plan, result);
      return 0;
    } catch (StepFailed failed) {
      if (!ending) {
        spec.commandLine().getErr().println("demo: " + failed.getMessage());
        StringWriter trace = new StringWriter();
        failed.printStackTrace(new PrintWriter(trace, true));
        commands.append(trace.toString());
      }
      return 1;
    } finally {
      undo.run(this::notUndone);
      if (!ending) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    }
  }

  private ScenarioPlan plan() {
    require(hogs >= 0, "--hogs must be 0 or more");
    require(good > 0, "--good must be more than 0");
    require(patience > 0, "--patience must be more than 0");
    require(calm >= 0, "--calm must be 0 or more");
    require(seconds > 0, "--seconds must be more than 0");
    require(revertAfter > 0, "--revert-after must be more than 0");
    require(
        (context == null) == (loadCommand == null),
        "--context and --load-command go together, for example --context kind-kind"
            + " --load-command 'kind load image-archive {}'");
    require(
        loadCommand == null || loadCommand.contains("{}"),
        "--load-command must contain {}, which stands for the image's tar");
    return new ScenarioPlan(hogs, kind, good, patience, calm, seconds, revertAfter, seed);
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private Scenario.Result run(
      Path home, Commands commands, ScenarioPlan plan, Progress progress, Undo undo)
      throws InterruptedException {
    Cluster cluster =
        context == null || loadCommand == null
            ? new LocalCluster(home, commands)
            : new NamedCluster(context, loadCommand, commands);
    Installation installation = new Installation(home, cluster);
    prepare(home, commands, cluster, progress, undo);
    if (installation.isPresent()) {
      requireOwn(cluster);
      installation.remove();
      progress.accept("what an earlier run left is removed");
    }
    if (!keep) {
      undo.add("the installation", () -> remove(installation, progress));
    }
    installation.loadImages();
    progress.accept("images are loaded");
    installation.installOperator();
    progress.accept("operator is installed with Helm");
    installation.applyExamples(plan.revertAfterSeconds());
    progress.accept("examples/demo is applied; the MailService is ready");
    out().println();
    LiveTable table = new LiveTable(out(), System.console() != null, plan.calmSeconds());
    return new Scenario(cluster, plan, clock, table).run();
  }

  /** On a cluster of the user's, an operator that is there already may be one that is needed. */
  private void requireOwn(Cluster cluster) {
    if (context != null) {
      throw new StepFailed(
          "%s has MailService installed already, and the demo would remove it in the end;"
                  .formatted(cluster.name())
              + " if it is a demo's, remove it with: "
              + Installation.REMOVE_BY_HAND);
    }
  }

  /** Builds the images while the cluster starts. */
  private void prepare(Path home, Commands commands, Cluster cluster, Progress progress, Undo undo)
      throws InterruptedException {
    clusterStarted = !cluster.isUp();
    if (clusterStarted && !keep) {
      // Before it is begun: Ctrl-C may come half-way.
      undo.add(
          "the cluster",
          () -> {
            cluster.down();
            progress.accept(cluster.name() + " is taken down");
          });
    }
    FutureTask<Void> start =
        new FutureTask<>(
            () -> {
              cluster.up();
              progress.accept(cluster.name() + (clusterStarted ? " is up" : " is there"));
              return null;
            });
    Thread.startVirtualThread(start);
    try {
      if (!noBuild) {
        commands.run(List.of(home.resolve("mvnw").toString(), "-q", "-Dquick", "package"));
        progress.accept("images are built");
      }
    } finally {
      await(start);
    }
  }

  /** A cluster that is about to be taken down takes all of it along. */
  private void remove(Installation installation, Progress progress) throws InterruptedException {
    if (clusterStarted) {
      return;
    }
    installation.remove();
    progress.accept("operator, demo and their namespaces are removed");
  }

  private static void await(FutureTask<Void> task) throws InterruptedException {
    try {
      task.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof StepFailed failed) {
        throw failed;
      }
      throw new StepFailed(String.valueOf(failure.getCause()), failure);
    }
  }

  private void report(Path home, ScenarioPlan plan, Scenario.Result result) {
    Path chart = chartFile != null ? chartFile : home.resolve("e2e/target/demo/chart.html");
    try {
      write(chart, Chart.html(result.record(), result.summary(), plan));
      if (summaryFile != null) {
        ObjectMapper json = Json.mapper();
        write(
            summaryFile,
            json.writerWithDefaultPrettyPrinter().writeValueAsString(result.summary()) + "\n");
      }
    } catch (IOException unwritable) {
      throw new StepFailed("cannot write " + unwritable.getMessage(), unwritable);
    }
    out().println();
    out().print(Narration.of(result.summary()));
    out().println("Chart: " + chart.toAbsolutePath());
    out().println();
    out().flush();
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }

  private void endEarly(Commands commands, Undo undo) {
    ending = true;
    out().println();
    out().println("demo: ending early, cleaning up");
    out().flush();
    commands.stopAll();
    undo.run(this::notUndone);
    Runtime.getRuntime().halt(SIGINT_STATUS);
  }

  private void notUndone(String what, String why) {
    spec.commandLine().getErr().println("demo: " + what + " could not be removed: " + why);
  }

  /** Libraries log to the file; the screen is for the run. */
  private static void logTo(Path log) {
    try {
      Files.createDirectories(log.getParent());
      FileHandler file = new FileHandler(log.toString(), true);
      file.setFormatter(new SimpleFormatter());
      Logger all = Logger.getLogger("");
      for (Handler handler : all.getHandlers()) {
        all.removeHandler(handler);
      }
      all.addHandler(file);
    } catch (IOException unwritable) {
      throw new StepFailed("cannot write " + unwritable.getMessage(), unwritable);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
