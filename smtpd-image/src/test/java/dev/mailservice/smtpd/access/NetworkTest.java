package dev.mailservice.smtpd.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, 127.200.1.1, true",
    "127.0.0.0/8, 128.0.0.1, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "10.0.0.0/9, 10.127.255.255, true",
    "10.0.0.0/9, 10.128.0.0, false",
    "[::1]/128, ::1, true",
    "[2001:db8::]/32, 2001:db8:5::1, true",
    "[2001:db8::]/32, 2001:db9::1, false",
    "127.0.0.0/8, ::1, false",
  })
  void a_network_holds_the_addresses_that_share_its_prefix(
      String pattern, String address, boolean inside) {
    assertThat(Network.parse(pattern).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1/8",
        "127.0.0.0/33",
        "[::1]/129",
        "example.test",
        "1.2.3",
        "hash:/x",
        "!10.0.0.0/8",
        ""
      })
  void what_is_no_network_is_refused(String pattern) {
    assertThatThrownBy(() -> Network.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("bad net/mask pattern: \"" + pattern + "\", ");
  }
}
