package dev.mailservice.operator.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
  @ParameterizedTest
  @EnumSource(Reason.class)
  void is_spelled_as_kubernetes_spells_reasons(Reason reason) {
    assertThat(reason.toString()).matches("([A-Z][a-z]+)+");
  }
}
