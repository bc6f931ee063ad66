package dev.mailservice.smtpd.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailservice.smtpd.protocol.Reply;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelayPolicyTest {
  private static final InetAddress STRANGER = InetAddress.ofLiteral("203.0.113.5");
  private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");

  private static RelayPolicy policy(String... restrictions) {
    return new RelayPolicy(
        List.of(restrictions),
        List.of("127.0.0.0/8", "[::1]/128"),
        new DomainList("mydestination", List.of("example.test"), false),
        new DomainList("relay_domains", List.of("relayed.test"), true));
  }

  @Test
  void a_client_of_mynetworks_may_send_to_anybody() {
    assertThat(
            policy("permit_mynetworks", "reject_unauth_destination")
                .refusal(LOCAL, "a@elsewhere.test"))
        .isEmpty();
  }

  @Test
  void a_stranger_may_send_to_our_domains_alone() {
    RelayPolicy policy = policy("permit_mynetworks", "reject_unauth_destination");
    assertThat(policy.refusal(STRANGER, "a@Example.Test")).isEmpty();
    assertThat(policy.refusal(STRANGER, "a@sub.relayed.test")).isEmpty();
    assertThat(policy.refusal(STRANGER, "a@elsewhere.test"))
        .map(Reply::toString)
        .isEqualTo(Optional.of("554 5.7.1 <a@elsewhere.test>: Relay access denied"));
  }

  @Test
  void the_default_of_Postfix_defers() {
    assertThat(
            policy("permit_mynetworks", "permit_sasl_authenticated", "defer_unauth_destination")
                .refusal(STRANGER, "a@elsewhere.test"))
        .map(Reply::code)
        .contains(454);
  }

  @Test
  void reject_refuses_whoever_is_left() {
    assertThat(policy("permit_mynetworks", "reject").refusal(STRANGER, "a@example.test"))
        .map(Reply::code)
        .contains(554);
  }

  @Test
  void a_list_that_lets_strangers_relay_is_refused() {
    assertThatThrownBy(() -> policy("permit_mynetworks"))
        .hasMessageContaining("specify at least one working instance of");
    assertThatThrownBy(() -> policy("check_recipient_access", "reject"))
        .hasMessageContaining("\"check_recipient_access\" is not implemented");
  }

  @Test
  void a_domain_list_that_names_a_table_is_refused() {
    assertThatThrownBy(() -> new DomainList("relay_domains", List.of("hash:/etc/x"), true))
        .hasMessage("relay_domains: \"hash:/etc/x\" is not implemented, want: domain names");
  }
}
