package dev.mailservice.e2e.soak;

import dev.mailservice.e2e.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code e2e bench soak}. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Lets a server work at 70 %% of its slots, most of them held by hogs, and looks whether its"
          + " memory, threads and file descriptors stay the same.",
      "Exit status: 0, 1 when one is not shown to be flat or mail is lost, 2 for wrong arguments."
    })
public final class SoakCommand implements Callable<Integer> {
  /** As many samples as a line is drawn through. */
  private static final int SAMPLES = 120;

  private static final Duration LEAST_PAUSE = Duration.ofSeconds(2);

  @Option(names = "--minutes", paramLabel = "N", description = "how long", defaultValue = "30")
  private int minutes;

  @Option(names = "--seed", paramLabel = "N", description = "of good mail", defaultValue = "1")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "where to write samples and slopes")
  private @Nullable Path json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path project = Path.of(System.getProperty("project.root", ".")).toAbsolutePath().normalize();
    Duration length = Duration.ofMinutes(minutes);
    Soak.Result result =
        new Soak(project, seed, spec.commandLine().getErr()::println).run(length, pause(length));
    result.verdicts().forEach(out::println);
    out.printf(
        "%.0f connections, %.1f slots taken on average; good mail: %d of %d accepted, %d lost%n",
        result.samples().getLast().connections(),
        result.samples().stream().mapToDouble(Sample::active).average().orElse(0),
        result.good().accepted(),
        result.good().offered(),
        result.lost());
    out.flush();
    if (json != null) {
      Json.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
    }
    return result.isGood() ? 0 : 1;
  }

  static Duration pause(Duration length) {
    Duration pause = length.dividedBy(SAMPLES);
    return pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause;
  }
}
