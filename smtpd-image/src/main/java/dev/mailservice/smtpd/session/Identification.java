package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.haproxy.ProxyHeader;
import dev.mailservice.smtpd.peername.PeerNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * Finds out who has connected: the socket tells, or a trusted proxy in the client's stead, and then
 * the Domain Name System.
 */
record Identification(Services services, SessionLog log) {
  /** Who is at the other end of a socket. */
  static Client peer(Socket socket) {
    var remote = (InetSocketAddress) socket.getRemoteSocketAddress();
    var local = (InetSocketAddress) socket.getLocalSocketAddress();
    return Client.unnamed(
        address(remote),
        String.valueOf(remote.getPort()),
        address(local),
        String.valueOf(local.getPort()));
  }

  private static String address(InetSocketAddress address) {
    return HostAddress.of(address.getAddress().getAddress()).unmapped().toString();
  }

  /**
   * The client whose connection a proxy hands on, who is the peer itself where no proxy is trusted.
   *
   * @throws IOException if a proxy that is trusted does not say it, or not in time
   */
  Client behindProxy(Client peer, ClientConnection connection) throws IOException {
    SmtpdSettings.IdentitySettings settings = services.personality().get().identity();
    if (!settings.behindProxy() || !settings.proxies().hasClient(peer)) {
      return peer;
    }
    Optional<ProxyHeader> header =
        connection.readWithin(settings.proxyTimeout(), ProxyHeader::read);
    return header
        .map(
            it ->
                Client.unnamed(
                    it.clientAddress(), it.clientPort(), it.serverAddress(), it.serverPort()))
        .orElse(peer);
  }

  /** The client with its names, if they are to be looked up. */
  Client named(Client client) {
    SmtpdSettings.IdentitySettings settings = services.personality().get().identity();
    return settings.looksUpNames()
        ? new PeerNames(services.clients().hosts(), log::warning)
            .named(client, services.clients().dns().within(settings.dnsTimeout()))
        : client;
  }
}
