package dev.mailservice.smtpd.anvil;

import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.access.MatchList;
import dev.mailservice.smtpd.client.Client;

/**
 * How much one client network may do; 0 sets no limit.
 *
 * @param connectionCount {@code smtpd_client_connection_count_limit}
 * @param connectionRate {@code smtpd_client_connection_rate_limit}
 * @param messageRate {@code smtpd_client_message_rate_limit}
 * @param recipientRate {@code smtpd_client_recipient_rate_limit}
 * @param newTlsSessionRate {@code smtpd_client_new_tls_session_rate_limit}
 * @param authRate {@code smtpd_client_auth_rate_limit}
 * @param slotShare {@code smtpd_client_slot_share_limit}, percent of all slots
 * @param exceptions {@code smtpd_client_event_limit_exceptions}
 * @param prefixes how large a network is
 */
public record ClientLimits(
    int connectionCount,
    int connectionRate,
    int messageRate,
    int recipientRate,
    int newTlsSessionRate,
    int authRate,
    int slotShare,
    MatchList exceptions,
    Prefixes prefixes) {

  /**
   * How many bits of an address name a network, so that all of it counts as one client.
   *
   * @param ipv4 {@code smtpd_client_ipv4_prefix_length}
   * @param ipv6 {@code smtpd_client_ipv6_prefix_length}
   */
  public record Prefixes(int ipv4, int ipv6) {}

  /** The network that a client is in; one without a known address is a network of its own. */
  String network(Client client) {
    return HostAddress.parse(client.address())
        .map(it -> it.network(it.isIpv6() ? prefixes.ipv6() : prefixes.ipv4()).toString())
        .orElse(client.address());
  }

  /**
   * How many slots a network may hold: its share, and where there are few networks an equal part.
   * With fewer networks than shares, slots would otherwise be free that nobody may have: behind
   * source NAT all clients are one network, or one for each node.
   *
   * @param all the slots
   * @param networks how many networks there are now or were a moment ago, with this one
   */
  int slots(int all, int networks) {
    int equalPart = Math.ceilDiv(all, networks);
    return Math.max(1, Math.max(all * slotShare / 100, equalPart));
  }
}
