package dev.mailservice.smtpd.peername;

import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.HostName;
import dev.mailservice.smtpd.client.HostName.Status;
import dev.mailservice.smtpd.dns.Answer;
import dev.mailservice.smtpd.dns.Answer.Found;
import dev.mailservice.smtpd.dns.Answer.Missing;
import dev.mailservice.smtpd.dns.Answer.Unknown;
import dev.mailservice.smtpd.dns.RecordType;
import dev.mailservice.smtpd.dns.Resolver;
import dev.mailservice.smtpd.dns.ReverseName;
import dev.mailservice.smtpd.protocol.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks up what a client is called. A name counts only if it leads back to the client's address:
 * anybody can give their address any name.
 *
 * @param hosts the names that need no question
 * @param warnings the log
 */
public record PeerNames(HostsFile hosts, Consumer<String> warnings) {

  /** The same client with its names, or with the reason why it has none. */
  public Client named(Client client, Resolver dns) {
    Optional<HostAddress> address = HostAddress.parse(client.address());
    if (address.isEmpty()) {
      return client;
    }
    Answer reverse =
        hosts
            .name(client.address())
            .<Answer>map(name -> new Found(List.of(name)))
            .orElseGet(() -> dns.lookup(ReverseName.arpa(address.get()), RecordType.PTR));
    return switch (reverse) {
      case Missing it -> client.named(HostName.UNKNOWN, HostName.UNKNOWN);
      case Unknown it -> {
        var later = new HostName(Client.UNKNOWN, Status.TEMPORARY);
        yield client.named(later, later);
      }
      case Found(List<String> names) ->
          isHostName(names.getFirst())
              ? confirmed(client, address.get(), names.getFirst(), dns)
              : client.named(HostName.UNKNOWN, HostName.UNKNOWN);
    };
  }

  /** A number could be taken for an address in a list. */
  private boolean isHostName(String name) {
    if (HostAddress.parse(name).isPresent()) {
      warnings.accept("numeric hostname: " + name);
    }
    return DomainName.isValid(name);
  }

  private Client confirmed(Client client, HostAddress address, String name, Resolver dns) {
    List<String> known = hosts.addresses(name);
    Answer forward =
        known.isEmpty()
            ? dns.lookup(name, client.isIpv6() ? RecordType.AAAA : RecordType.A)
            : new Found(known);
    HostName reverse = HostName.of(name);
    return switch (forward) {
      case Found(List<String> addresses)
          when addresses.stream()
              .anyMatch(it -> HostAddress.parse(it).filter(address::equals).isPresent()) ->
          client.named(reverse, reverse);
      case Found it -> refused(client, reverse, Status.FORGED, "");
      case Missing(boolean domainExists) ->
          refused(
              client,
              reverse,
              Status.FORGED,
              domainExists
                  ? ": No address associated with hostname"
                  : ": Name or service not known");
      case Unknown it ->
          refused(client, reverse, Status.TEMPORARY, ": Temporary failure in name resolution");
    };
  }

  private Client refused(Client client, HostName reverse, Status status, String why) {
    warnings.accept(
        "hostname %s does not resolve to address %s%s"
            .formatted(reverse.text(), client.address(), why));
    return client.named(new HostName(Client.UNKNOWN, status), reverse);
  }
}
