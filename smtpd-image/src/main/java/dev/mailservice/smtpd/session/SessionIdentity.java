package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.HostName;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.client.TlsSession;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.protocol.ClientAttributes;
import dev.mailservice.smtpd.protocol.ClientAttributes.Attribute;
import dev.mailservice.smtpd.protocol.Greeting;
import dev.mailservice.smtpd.protocol.SmtpProtocol;
import dev.mailservice.smtpd.protocol.Step;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who the client is, as far as the session knows by now. Used by the session's thread alone. */
final class SessionIdentity {
  private static final Set<Attribute> CLIENT_ATTRIBUTES =
      Set.of(Attribute.NAME, Attribute.ADDR, Attribute.PORT, Attribute.HELO, Attribute.PROTO);

  private final Map<Attribute, String> forwarded = new EnumMap<>(Attribute.class);
  private Client peer;
  private Client client;
  private boolean local;
  private Optional<TlsSession> tls = Optional.empty();
  private Optional<Login> login = Optional.empty();
  private String instance = "";
  private long declaredSize;

  SessionIdentity(Client client) {
    this.peer = client;
    this.client = client;
  }

  Client client() {
    return client;
  }

  void identified(Client now) {
    peer = now;
    client = now;
  }

  /** Who came, whoever XCLIENT has put in its place. */
  Client peer() {
    return peer;
  }

  Optional<TlsSession> tls() {
    return tls;
  }

  Optional<Login> login() {
    return login;
  }

  void secured(TlsSession session) {
    tls = Optional.of(session);
    login = Optional.empty();
  }

  void loggedIn(Login who) {
    login = Optional.of(who);
  }

  /**
   * XCLIENT puts another client in this one's place.
   *
   * @return what it said of HELO and PROTO
   */
  Greeting replace(ClientAttributes attributes) {
    Client old = client;
    HostName name = name(attributes, Attribute.NAME).orElse(old.name());
    HostName reverse =
        name(attributes, Attribute.REVERSE_NAME)
            .orElse(
                attributes.get(Attribute.NAME).isPresent() && name.status() == HostName.Status.OK
                    ? name
                    : old.reverseName());
    client =
        new Client(
            known(attributes, Attribute.ADDR).orElse(old.address()),
            known(attributes, Attribute.PORT).orElse(old.port()),
            name,
            reverse,
            known(attributes, Attribute.DESTADDR).orElse(old.serverAddress()),
            known(attributes, Attribute.DESTPORT).orElse(old.serverPort()));
    login =
        attributes
            .get(Attribute.LOGIN)
            .filter(it -> !it.isEmpty())
            .map(username -> new Login("XCLIENT", username));
    return new Greeting(
        attributes.get(Attribute.HELO).orElse(""),
        attributes.get(Attribute.PROTO).filter("ESMTP"::equals).isPresent());
  }

  private static Optional<HostName> name(ClientAttributes attributes, Attribute attribute) {
    HostName unavailable =
        attributes.temporarilyUnavailable().contains(attribute)
            ? new HostName(Client.UNKNOWN, HostName.Status.TEMPORARY)
            : HostName.UNKNOWN;
    return attributes.get(attribute).map(text -> text.isEmpty() ? unavailable : HostName.of(text));
  }

  private static Optional<String> known(ClientAttributes attributes, Attribute attribute) {
    return attributes.get(attribute).map(text -> text.isEmpty() ? Client.UNKNOWN : text);
  }

  /** XFORWARD told this about the next message. */
  void forward(ClientAttributes attributes) {
    forwarded.putAll(attributes.values());
  }

  /** The message that XFORWARD told of is over. */
  void forgetForwarded() {
    forwarded.clear();
  }

  /** Whether XFORWARD told of the message, so that this server is only in between. */
  boolean isForwarded() {
    return !forwarded.isEmpty();
  }

  /**
   * Whose message it is; what XFORWARD has not said is the client's, but where it has said
   * something of the upstream client, all of that client's is its own.
   */
  Origin origin(Greeting greeting) {
    String ident = forwarded.getOrDefault(Attribute.IDENT, "");
    String source = forwarded.getOrDefault(Attribute.SOURCE, local ? "LOCAL" : "REMOTE");
    if (!isForUpstream()) {
      return new Origin(client, greeting.name(), greeting.protocol(), ident, source, login);
    }
    return new Origin(
        upstream(),
        forwarded.getOrDefault(Attribute.HELO, ""),
        forwarded(Attribute.PROTO),
        ident,
        source,
        login);
  }

  /** What the log says of a message that XFORWARD told of; nothing if it did not. */
  String forwardedFor() {
    String ident = forwarded.getOrDefault(Attribute.IDENT, "");
    String queueId = ident.isEmpty() ? "" : ", orig_queue_id=" + ident;
    return isForUpstream() ? queueId + ", orig_client=" + upstream() : queueId;
  }

  private boolean isForUpstream() {
    return CLIENT_ATTRIBUTES.stream().anyMatch(forwarded::containsKey);
  }

  private Client upstream() {
    return new Client(
        forwarded(Attribute.ADDR),
        forwarded(Attribute.PORT),
        HostName.of(forwarded(Attribute.NAME)),
        HostName.UNKNOWN,
        client.serverAddress(),
        client.serverPort());
  }

  private String forwarded(Attribute attribute) {
    String value = forwarded.getOrDefault(attribute, "");
    return value.isEmpty() ? Client.UNKNOWN : value;
  }

  /**
   * What restrictions see.
   *
   * @param command the command that asks, as logs name it
   */
  Inquiry inquiry(String command, SmtpProtocol protocol) {
    Optional<Step.Envelope> envelope = protocol.envelope();
    Greeting greeting = protocol.greeting();
    return new Inquiry(
        command,
        greeting.protocol(),
        client,
        Optional.of(greeting.name()).filter(it -> !it.isEmpty()),
        envelope.map(Step.Envelope::sender),
        Optional.empty(),
        Optional.empty(),
        envelope.map(it -> it.recipients().size()).orElse(0),
        envelope.isPresent() ? declaredSize : 0,
        instance,
        tls,
        login,
        protocol.isPipelined(),
        envelope.map(Step.Envelope::smtpUtf8).orElse(false));
  }

  /**
   * A message begins.
   *
   * @param name what to call it when policy servers are asked about it
   * @param size what MAIL declared, bytes; 0 if it did not
   * @param isLocal whether it is this site's own
   */
  void beginMessage(String name, long size, boolean isLocal) {
    instance = name;
    declaredSize = size;
    local = isLocal;
  }
}
