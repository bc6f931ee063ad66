package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.parameters.CompatibilityParameters;
import dev.mailservice.smtpd.protocol.EhloKeyword;
import org.junit.jupiter.api.Test;

class EhloKeywordTest {
  @Test
  void no_other_words_than_these_are_warned_of() {
    assertThat(CompatibilityParameters.EHLO_KEYWORDS)
        .hasSameSizeAs(EhloKeyword.values())
        .allSatisfy(it -> assertThat(EhloKeyword.parse(it)).hasSize(1));
  }
}
