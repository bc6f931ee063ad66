package dev.mailservice.e2e.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class AddressAndPortTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:25", "[0:0:0:0:0:0:0:1]:2525", "10.96.0.10:65535"})
  void readsWhatItWrites(String text) {
    assertThat(AddressAndPort.format(new AddressAndPort().convert(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "127.0.0.1 | '127.0.0.1' is not ADDRESS:PORT",
        "::1:25 | '::1:25' is not ADDRESS:PORT",
        "127.0.0.1:65536 | port 65536 is not between 0 and 65535",
        "no.such.host.invalid:25 | 'no.such.host.invalid' is no address and no known host name"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> new AddressAndPort().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith(message);
  }
}
