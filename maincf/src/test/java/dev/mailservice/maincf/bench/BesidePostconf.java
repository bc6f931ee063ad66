package dev.mailservice.maincf.bench;

import dev.mailservice.maincf.reference.PostfixReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link EvaluationBenchmark} and, in the same run and over the same file, Postfix's {@code
 * postconf -x} as a process, and prints both. They do not do the same: the one is a library in a
 * warm JVM, the other a program that starts, reads, prints and ends; it is what an operator would
 * have to start for every edit.
 */
public final class BesidePostconf {
  private static final int PROCESSES = 200;

  private BesidePostconf() {}

  /** The reference's folder is the one argument, as {@code build/postfix-reference} prints it. */
  public static void main(String[] arguments) throws IOException, RunnerException {
    RunResult library =
        new Runner(new OptionsBuilder().include(EvaluationBenchmark.class.getSimpleName()).build())
            .runSingle();
    double[] calm = process(arguments[0], "stress=");
    double[] stressed = process(arguments[0], "stress=yes");
    double both = median(calm) + median(stressed);
    double here = library.getPrimaryResult().getScore();
    System.out.printf(
        "%nA main.cf of 200 lines, every parameter, calm and stressed:%n"
            + "  maincf, warm:        %8.3f ms ± %.3f (JMH, 99.9 %%)%n"
            + "  postconf -x, twice:  %8.3f ms (medians of %d processes each; calm %.3f to %.3f,"
            + " stressed %.3f to %.3f)%n"
            + "  ratio:               %8.1f%n",
        here,
        library.getPrimaryResult().getScoreError(),
        both,
        PROCESSES,
        calm[0],
        calm[PROCESSES - 1],
        stressed[0],
        stressed[PROCESSES - 1],
        both / here);
  }

  /** How long each of many processes took, in milliseconds, sorted. */
  private static double[] process(String folder, String stress) throws IOException {
    var postfix = new PostfixReference(Path.of(folder));
    Path configuration = Files.createTempDirectory("bench");
    try {
      postfix.configuration(configuration, SampleFile.text());
      var times = new ArrayList<Double>();
      for (int run = 0; run < PROCESSES; run++) {
        long start = System.nanoTime();
        var said = postfix.run(configuration, "postconf", List.of("-o", stress, "-x"));
        times.add((System.nanoTime() - start) / 1e6);
        if (said.status() != 0) {
          throw new IllegalStateException(said.toString());
        }
      }
      double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return sorted;
    } finally {
      for (String file : List.of("main.cf", "master.cf")) {
        Files.delete(configuration.resolve(file));
      }
      Files.delete(configuration);
    }
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }
}
