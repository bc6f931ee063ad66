package dev.mailservice.e2e.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The check finds the leaks that it is for, and none where there is only noise. */
class VerdictTest {
  private static final int SAMPLES = 60;
  private static final int CONNECTIONS_BETWEEN = 90;
  private static final double HEAP = 12e6;
  private static final double HEAP_NOISE = 200e3;
  private static final int THREADS = 20;
  private static final int FILES = 180;

  private final Random random = new Random(1);

  /** A server that leaves something behind for each connection. */
  private List<Sample> server(double bytes, double threads, double files, double noise) {
    return IntStream.range(0, SAMPLES)
        .mapToObj(
            i -> {
              double connections = i * (double) CONNECTIONS_BETWEEN;
              return new Sample(
                  2 * i,
                  connections,
                  70,
                  HEAP + bytes * connections + noise * random.nextGaussian(),
                  8 * HEAP + bytes * connections + noise * random.nextGaussian(),
                  THREADS + Math.floor(threads * connections),
                  FILES + Math.floor(files * connections) + random.nextInt(10));
            })
        .toList();
  }

  private static Verdict verdict(List<Sample> samples, Gauge gauge) {
    return Verdict.of(samples).stream().filter(it -> it.gauge() == gauge).findFirst().orElseThrow();
  }

  @Test
  void aServerThatForgetsNothingIsFlat() {
    assertThat(Verdict.of(server(0, 0, 0, HEAP_NOISE))).allMatch(Verdict::isFlat);
  }

  @Test
  void aSessionObjectLeftBehindByEachConnectionIsFound() {
    List<Sample> leaking = server(2_000, 0, 0, HEAP_NOISE);

    assertThat(verdict(leaking, Gauge.LIVE_HEAP).isFlat()).isFalse();
    assertThat(verdict(leaking, Gauge.RESIDENT_MEMORY).isFlat()).isFalse();
    assertThat(verdict(leaking, Gauge.FILE_DESCRIPTORS).isFlat()).isTrue();
  }

  @Test
  void aSocketThatIsNotClosedInOneOfTwentySessionsIsFound() {
    assertThat(verdict(server(0, 0, 0.05, 0), Gauge.FILE_DESCRIPTORS).isFlat()).isFalse();
  }

  @Test
  void aThreadForEachTwentiethSessionIsFound() {
    assertThat(verdict(server(0, 0.05, 0, 0), Gauge.THREADS).isFlat()).isFalse();
  }

  @Test
  void whatIsTooNoisyToShowThatNothingLeaksIsNotFlat() {
    assertThat(verdict(server(0, 0, 0, 50 * HEAP_NOISE), Gauge.LIVE_HEAP).isFlat()).isFalse();
  }

  @Test
  void aStepInTheWarmUpIsNoLeak() {
    List<Sample> samples = server(0, 0, 0, HEAP_NOISE);
    ToDoubleFunction<Sample> cold = it -> it.liveHeap() / 2;
    List<Sample> warming =
        IntStream.range(0, SAMPLES)
            .mapToObj(
                i -> {
                  Sample it = samples.get(i);
                  return i >= SAMPLES / 4
                      ? it
                      : new Sample(
                          it.seconds(),
                          it.connections(),
                          it.active(),
                          cold.applyAsDouble(it),
                          it.residentMemory(),
                          it.threads(),
                          it.fileDescriptors());
                })
            .toList();

    assertThat(verdict(warming, Gauge.LIVE_HEAP).isFlat()).isTrue();
  }

  @Test
  void theLineAndItsErrorAreThoseOfATextbook() {
    // Anscombe's first quartet (1973): y = 3.00 + 0.500 x, standard error of the slope 0.118.
    double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
    double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
    Trend trend =
        Trend.of(IntStream.range(0, x.length).mapToObj(i -> new Trend.Point(x[i], y[i])).toList());

    assertThat(trend.slope()).isCloseTo(0.5001, within(0.0001));
    assertThat(trend.standardError()).isCloseTo(0.1179, within(0.0001));
  }

  @Test
  void noLineIsDrawnThroughTwoPoints() {
    assertThatThrownBy(() -> Trend.of(List.of(new Trend.Point(0, 0), new Trend.Point(1, 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
