package dev.mailservice.e2e.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixTest {
  @ParameterizedTest
  @CsvSource({
    "198.18.0.0/15, 131072, 198.18.0.1, 198.19.255.255",
    "10.0.0.0/8, 16777216, 10.0.0.1, 10.255.255.255",
    "192.0.2.248/29, 8, 192.0.2.249, 192.0.2.255",
    "2001:db8::/112, 65536, 2001:db8:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:ffff"
  })
  void numbersItsAddresses(String text, long size, String first, String last) {
    Prefix prefix = Prefix.parse(text);

    assertThat(prefix.size()).isEqualTo(size);
    assertThat(prefix.address(1).getHostAddress()).isEqualTo(first);
    assertThat(prefix.address(size - 1).getHostAddress()).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "198.18.0.0 | '198.18.0.0' is no prefix: wanted is for example 198.18.0.0/15",
        "198.18.0.300/15 | '198.18.0.300' is no address",
        "198.18.0.0/31 | '198.18.0.0/31': the length must be between 1 and 30",
        "198.18.0.1/15 | '198.18.0.1/15' has bits set beyond its length: wanted is 198.18.0.0/15"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Prefix.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void everyHogHasAnAddressOfItsOwnAndNoGoodClientSharesIt() {
    SourceAddresses sources = SourceAddresses.of(Prefix.parse("198.18.0.0/24"), 100);
    Set<Optional<InetAddress>> hogs = new HashSet<>();
    for (int number = 0; number < 100; number++) {
      hogs.add(sources.hog(number));
    }

    assertThat(hogs).hasSize(100);
    for (int number = 0; number < 1000; number++) {
      assertThat(hogs).doesNotContain(sources.good(number));
    }
  }

  @Test
  void aFewAddressesAreSharedByAllHogs() {
    SourceAddresses sources = SourceAddresses.of(Prefix.parse("198.18.0.0/15"), 2);

    assertThat(sources.hog(0)).isEqualTo(sources.hog(2)).isNotEqualTo(sources.hog(1));
  }
}
