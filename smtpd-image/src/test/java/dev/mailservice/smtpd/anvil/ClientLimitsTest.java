package dev.mailservice.smtpd.anvil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.access.MatchList;
import dev.mailservice.smtpd.anvil.ClientLimits.Prefixes;
import dev.mailservice.smtpd.client.Client;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientLimitsTest {
  private static ClientLimits limits(int slotShare, int ipv4, int ipv6) {
    var nobody =
        new MatchList(
            "smtpd_client_event_limit_exceptions",
            () -> {
              throw new AssertionError("not asked for");
            });
    return new ClientLimits(0, 0, 0, 0, 0, 0, slotShare, nobody, new Prefixes(ipv4, ipv6));
  }

  @ParameterizedTest
  @CsvSource({
    "25, 100, 1, 100", // alone, as all clients behind one router are
    "25, 100, 2, 50",
    "25, 100, 3, 34", // nothing is left over
    "25, 100, 4, 25",
    "25, 100, 1000, 25",
    "25, 1, 1000, 1", // one at least
    "25, 3, 1000, 1",
    "100, 100, 1000, 100",
    "1, 10, 1000, 1"
  })
  void a_network_may_hold_its_share_or_an_equal_part(
      int share, int slots, int networks, int allowed) {
    assertThat(limits(share, 32, 84).slots(slots, networks)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.77, 32, 84, 192.0.2.77",
    "192.0.2.77, 24, 84, 192.0.2.0",
    "192.0.2.77, 0, 84, 0.0.0.0",
    "2001:db8:1:2:3:4:5:6, 32, 64, 2001:db8:1:2::",
    "2001:db8:1:2:3:4:5:6, 32, 84, 2001:db8:1:2:3::",
    "2001:db8:1:2:3:4:5:6, 32, 128, 2001:db8:1:2:3:4:5:6",
    "unknown, 24, 64, unknown"
  })
  void as_many_bits_of_an_address_as_are_set_make_a_network(
      String address, int ipv4, int ipv6, String network) {
    Client client = Client.unnamed(address, "1", "192.0.2.25", "25");
    assertThat(limits(25, ipv4, ipv6).network(client)).isEqualTo(network);
  }
}
