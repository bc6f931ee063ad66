package dev.mailservice.smtpd.nexthop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.HostName;
import dev.mailservice.smtpd.delivery.Origin;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private static final Set<String> ALL =
      Set.of("NAME", "ADDR", "PORT", "PROTO", "HELO", "IDENT", "SOURCE");

  private static Origin origin(String address, String name, String helo, String domain) {
    HostName hostName = HostName.of(name);
    return new Origin(
        new Client(address, "4711", hostName, hostName, "192.0.2.25", "25"),
        helo,
        "ESMTP",
        "",
        domain,
        Optional.empty());
  }

  @Test
  void all_that_is_known_is_said_in_Postfixs_order_and_what_is_not_is_unavailable() {
    assertThat(Forwarding.commands(origin("192.0.2.1", "unknown", "client.test", "LOCAL"), ALL))
        .containsExactly(
            "XFORWARD NAME=[UNAVAILABLE] ADDR=192.0.2.1 PORT=4711 HELO=client.test"
                + " IDENT=[UNAVAILABLE] PROTO=ESMTP SOURCE=LOCAL");
  }

  @Test
  void only_what_is_offered_is_said() {
    Origin origin = origin("192.0.2.1", "mail.test", "client.test", "");
    assertThat(Forwarding.commands(origin, Set.of("NAME", "SOURCE", "COLOUR")))
        .containsExactly("XFORWARD NAME=mail.test SOURCE=REMOTE");
    assertThat(Forwarding.commands(origin, Set.of())).isEmpty();
  }

  @Test
  void an_IPv6_address_has_its_prefix_and_odd_characters_are_xtext() {
    assertThat(
            Forwarding.commands(
                origin("2001:db8::1", "mail.test", "a b+c\u00e9", "REMOTE"),
                Set.of("ADDR", "HELO")))
        .containsExactly("XFORWARD ADDR=IPv6:2001:db8::1 HELO=a+20b+2Bc+E9");
  }

  @Property
  void no_command_of_several_attributes_and_no_reply_that_repeats_it_is_longer_than_a_line(
      @ForAll @StringLength(max = 150) String helo,
      @ForAll @StringLength(min = 1, max = 150) String name) {
    for (String command : Forwarding.commands(origin("192.0.2.1", name, helo, ""), ALL)) {
      assertThat(command).matches("XFORWARD( [A-Z]+=[!-~]+)+");
      assertThat(command.chars().filter(c -> c == '=').count() == 1 || command.length() <= 506)
          .as(command)
          .isTrue();
    }
  }
}
