package dev.mailservice.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundPlanTest {
  @Test
  void aSeedAndANumberAlwaysGiveTheSameRound() {
    assertThat(RoundPlan.of(6, 17)).isEqualTo(RoundPlan.of(6, 17));
    assertThat(RoundPlan.of(6, 17)).isNotEqualTo(RoundPlan.of(7, 17));
    assertThat(RoundPlan.of(6, 17).random(3).nextLong())
        .isEqualTo(RoundPlan.of(6, 17).random(3).nextLong())
        .isNotEqualTo(RoundPlan.of(6, 17).random(4).nextLong());
  }

  @Test
  void tenRoundsAreOneOfEachKind() {
    assertThat(
            IntStream.range(0, 10)
                .mapToObj(number -> RoundPlan.of(1, number).kind())
                .collect(Collectors.toSet()))
        .hasSize(10)
        .contains("proxy kill", "maildir full-disk", "maildir read-only-disk");
  }
}
