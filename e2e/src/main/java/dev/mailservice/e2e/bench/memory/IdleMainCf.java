package dev.mailservice.e2e.bench.memory;

import dev.mailservice.e2e.smtp.AddressAndPort;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** What both sides are given: idle clients may stay, and nobody asks the DNS. */
public final class IdleMainCf {
  private IdleMainCf() {}

  /**
   * The text of {@code main.cf}.
   *
   * @param chain the certificate for TLS; empty for none
   */
  public static String text(InetSocketAddress nextHop, int processLimit, Optional<Path> chain) {
    String tls =
        chain
            .map(it -> "smtpd_tls_security_level = may\nsmtpd_tls_chain_files = " + it + "\n")
            .orElse("");
    return """
    compatibility_level = 3.6
    myhostname = mx.example.test
    mydestination = example.test
    local_recipient_maps =
    alias_maps =
    smtpd_relay_restrictions = reject_unauth_destination
    smtpd_peername_lookup = no
    smtpd_client_connection_count_limit = 0
    smtpd_timeout = 3600s
    inet_protocols = ipv4
    default_process_limit = %d
    smtpd_proxy_filter = %s
    """
            .formatted(processLimit, AddressAndPort.format(nextHop))
        + tls;
  }
}
