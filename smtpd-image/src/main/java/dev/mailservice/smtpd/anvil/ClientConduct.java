package dev.mailservice.smtpd.anvil;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.smtpd.anvil.Anvil.Event;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One session's part in what its client network does. It counts from {@link #begin} until it is
 * closed. Clients that are exempt are not limited, and counted apart, for the networks that there
 * are. Used by one thread.
 */
public final class ClientConduct implements AutoCloseable {
  /** The name of the service in Postfix's log lines, as master.cf names port 25. */
  private static final String SERVICE = "smtp";

  private final Anvil anvil;
  private final Supplier<ClientLimits> limits;
  private final Client client;
  private final String network;
  private final boolean counts;

  /** How many the network had when this one began, with this one. */
  private final int sessions;

  /**
   * Why the client is turned away.
   *
   * @param reply what it is told
   * @param warning what the log says
   */
  public record Excess(Reply reply, String warning) {}

  private ClientConduct(Anvil anvil, Supplier<ClientLimits> limits, Client client, boolean counts) {
    this.anvil = anvil;
    this.limits = limits;
    this.client = client;
    this.counts = counts;
    this.network = limits.get().network(client) + (counts ? "" : " exempt");
    this.sessions = anvil.open(network);
  }

  /**
   * A session begins. To be closed when it ends, however it ends.
   *
   * @param limits those that hold at the moment
   * @param exempt whether the client is not limited, whatever the exceptions say
   */
  public static ClientConduct begin(
      Anvil anvil, Supplier<ClientLimits> limits, Client client, boolean exempt) {
    return new ClientConduct(anvil, limits, client, !exempt && !isException(limits.get(), client));
  }

  /** A list that cannot answer exempts nobody, as in Postfix. */
  private static boolean isException(ClientLimits limits, Client client) {
    try {
      return limits.exceptions().hasClient(client);
    } catch (LookupFailure e) {
      return false;
    }
  }

  /**
   * Counts the connection.
   *
   * @param hostname {@code myhostname}
   * @param slots how many the server has
   */
  public Optional<Excess> connected(String hostname, int slots) {
    if (!counts) {
      return Optional.empty();
    }
    int rate = anvil.count(network, Event.CONNECTION);
    ClientLimits now = limits.get();
    int mostSlots = now.slots(slots, anvil.size());
    Reply reply =
        Reply.of(
            "421 4.7.0 %s Error: too many connections from %s"
                .formatted(hostname, client.address()));
    if (exceeds(sessions, now.connectionCount())) {
      return excess(reply, "Connection concurrency limit exceeded: %d", sessions);
    }
    if (now.slotShare() > 0 && sessions > mostSlots) {
      return excess(
          reply,
          "Slot share limit exceeded: %%d of %d slots, %d allowed".formatted(slots, mostSlots),
          sessions);
    }
    return exceeds(rate, now.connectionRate())
        ? excess(reply, "Connection rate limit exceeded: %d", rate)
        : Optional.empty();
  }

  /** Counts a message that the client would like to send. */
  public Optional<Excess> message() {
    return counted(
        Event.MESSAGE,
        limits.get().messageRate(),
        "450 4.7.1 Error: too much mail from " + client.address(),
        "Message delivery request rate limit exceeded: %d");
  }

  /** Counts a recipient that it names. */
  public Optional<Excess> recipient() {
    return counted(
        Event.RECIPIENT,
        limits.get().recipientRate(),
        "450 4.7.1 Error: too many recipients from " + client.address(),
        "Recipient address rate limit exceeded: %d");
  }

  /** Counts a try to log in. */
  public Optional<Excess> auth() {
    return counted(
        Event.AUTH,
        limits.get().authRate(),
        "450 4.7.1 Error: too many AUTH commands from " + client.address(),
        "AUTH command rate limit exceeded: %d");
  }

  /** Whether it may begin TLS by STARTTLS, looked at before the work of a handshake. */
  public Optional<Excess> startTls() {
    return begunTooMuchTls()
        ? Optional.of(
            new Excess(
                Reply.of("454 4.7.0 Error: too many new TLS sessions from " + client),
                "Refusing STARTTLS request from %s for service %s".formatted(client, SERVICE)))
        : Optional.empty();
  }

  /**
   * Whether it may begin TLS before anything is said, when there is no way to tell it why not.
   *
   * @return what the log says if it may not
   */
  public Optional<String> tlsFromTheStart() {
    return begunTooMuchTls()
        ? Optional.of(
            "Refusing TLS service request from %s for service %s".formatted(client, SERVICE))
        : Optional.empty();
  }

  private boolean begunTooMuchTls() {
    return counts
        && exceeds(anvil.rate(network, Event.NEW_TLS_SESSION), limits.get().newTlsSessionRate());
  }

  /**
   * Counts a TLS session that was not resumed.
   *
   * @param hostname {@code myhostname}
   */
  public Optional<Excess> newTlsSession(String hostname) {
    return counted(
        Event.NEW_TLS_SESSION,
        limits.get().newTlsSessionRate(),
        "421 4.7.0 %s Error: too many new TLS sessions from %s".formatted(hostname, client),
        "New TLS session rate limit exceeded: %d");
  }

  private Optional<Excess> counted(Event event, int limit, String reply, String warning) {
    if (!counts) {
      return Optional.empty();
    }
    int rate = anvil.count(network, event);
    return exceeds(rate, limit) ? excess(Reply.of(reply), warning, rate) : Optional.empty();
  }

  private static boolean exceeds(int count, int limit) {
    return limit > 0 && count > limit;
  }

  private Optional<Excess> excess(Reply reply, String warning, int count) {
    return Optional.of(
        new Excess(
            reply,
            warning.formatted(count) + " from %s for service %s".formatted(client, SERVICE)));
  }

  /** The session ends. */
  @Override
  public void close() {
    anvil.close(network);
  }
}
