package dev.mailservice.maincf.bench;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading a {@code main.cf} of 200 lines and evaluating every parameter of smtpd(8), calm and
 * stressed. {@link BesidePostconf} runs it and postconf in one go.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EvaluationBenchmark {
  private String text = "";

  /** Reads the file once; the library itself opens none. */
  @Setup
  public void read() throws IOException {
    text = SampleFile.text();
  }

  /** Text in, every value in its type out, of both personalities. */
  @Benchmark
  public void parseAndEvaluateCalmAndStressed(Blackhole values) {
    Configuration main =
        KnownParameters.forServer(MainCf.parse("main.cf", text), List.of(), "mx.example.org");
    for (Configuration personality : List.of(main.calm(), main.stressed())) {
      for (Parameter<?> parameter : SmtpdParameters.all()) {
        values.consume(personality.get(parameter));
      }
    }
  }
}
