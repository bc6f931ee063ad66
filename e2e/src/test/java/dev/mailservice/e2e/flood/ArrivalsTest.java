package dev.mailservice.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  @Test
  void evenArrivalsAreAlwaysTheSameTimeApart() {
    assertThat(first(4, new Arrivals(5, ArrivalPattern.EVEN, 1)))
        .containsExactly(200_000_000L, 400_000_000L, 600_000_000L, 800_000_000L);
  }

  @Test
  void theSameSeedGivesTheSameMoments() {
    List<Long> once = first(100, new Arrivals(5, ArrivalPattern.POISSON, 42));

    assertThat(first(100, new Arrivals(5, ArrivalPattern.POISSON, 42))).isEqualTo(once);
    assertThat(first(100, new Arrivals(5, ArrivalPattern.POISSON, 43))).isNotEqualTo(once);
  }

  @Test
  void poissonArrivalsKeepTheRateAndNeverGoBack() {
    List<Long> moments = first(100_000, new Arrivals(5, ArrivalPattern.POISSON, 7));

    assertThat(moments).isSorted();
    assertThat(moments.getLast() / 1e9).isCloseTo(100_000 / 5.0, within(200.0));
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatThrownBy(() -> new Arrivals(0, ArrivalPattern.EVEN, 1))
        .hasMessage("arrivals per second must be more than 0: 0.0");
  }

  private static List<Long> first(int count, Arrivals arrivals) {
    return LongStream.generate(arrivals::next).limit(count).boxed().toList();
  }
}
