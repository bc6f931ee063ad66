package dev.mailservice.maincf.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0:0:0:0:0:0:0:0, ::",
    "::1, ::1",
    "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1::, 1::",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "::192.0.2.1, ::192.0.2.1",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "1:2:3:4:5:6:192.0.2.1, 1:2:3:4:5:6:c000:201",
  })
  void an_address_is_read_and_printed(String text, String printed) {
    assertThat(HostAddress.parse(text)).hasToString("Optional[" + printed + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.0.0.1",
        "01.2.3.4",
        "1.2.3.",
        "1.2.3.a",
        "1.2.3.0004",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "g::",
        "::1%eth0",
        ":1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8::",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "localhost",
        "\u0661.2.3.4",
      })
  void what_is_no_address_is_none(String text) {
    assertThat(HostAddress.parse(text)).isEmpty();
  }

  @Property
  void the_JDK_reads_the_same(@ForAll("addresses") byte[] bytes) throws UnknownHostException {
    HostAddress address = HostAddress.of(bytes);
    InetAddress theirs =
        bytes.length == 16
            ? Inet6Address.getByAddress("", bytes, 0)
            : InetAddress.getByAddress(bytes);
    assertThat(HostAddress.parse(address.toString())).contains(address);
    assertThat(HostAddress.parse(theirs.getHostAddress().replaceFirst("%.*", "")))
        .contains(address)
        .get()
        .hasSameHashCodeAs(address);
  }

  @Provide
  Arbitrary<byte[]> addresses() {
    return Arbitraries.of(4, 16)
        .flatMap(
            size ->
                Arbitraries.bytes()
                    .withDistribution(RandomDistribution.biased())
                    .array(byte[].class)
                    .ofSize(size));
  }

  @Test
  void an_address_has_4_or_16_bytes() {
    assertThatThrownBy(() -> HostAddress.of(new byte[5]))
        .hasMessage("an address has 4 or 16 bytes, not 5");
  }

  @Test
  void a_network_holds_its_addresses_and_no_others() {
    CidrPattern network = CidrPattern.parse("192.0.2.128/25");
    assertThat(network.contains(HostAddress.parse("192.0.2.129").orElseThrow())).isTrue();
    assertThat(network.contains(HostAddress.parse("192.0.2.127").orElseThrow())).isFalse();
    assertThat(network.contains(HostAddress.parse("::192.0.2.129").orElseThrow())).isFalse();
    assertThat(network).hasToString("192.0.2.128/25");
    assertThat(CidrPattern.parse("[::1]")).hasToString("::1");
  }
}
