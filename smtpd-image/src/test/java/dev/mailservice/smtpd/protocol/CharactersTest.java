package dev.mailservice.smtpd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CharactersTest {
  @Test
  void what_cannot_be_printed_is_shown_as_C_writes_it() {
    assertThat(Characters.escaped("a\u0007\b\f\n\r\t\u000b\\ ~\u007f\u0000\u00e4"))
        .isEqualTo("a\\a\\b\\f\\n\\r\\t\\v\\\\ ~\\177\\000\\344");
  }
}
