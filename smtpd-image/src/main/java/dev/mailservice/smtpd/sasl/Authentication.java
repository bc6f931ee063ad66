package dev.mailservice.smtpd.sasl;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.protocol.Characters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Logins at Dovecot's authentication service. Safe for use by several threads: each login has a
 * connection of its own, so that none waits for another's.
 */
public final class Authentication {
  /** Postfix's own limit for each question. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  /** What may go to the service, which does the rest: nothing that could end a word there. */
  private static final Pattern BASE64 = Pattern.compile("[0-9A-Za-z+/=]*");

  private final SaslSettings settings;
  private final Offering offering;

  /**
   * Nothing is connected yet.
   *
   * @param offering what is known of the service that the settings name
   */
  Authentication(SaslSettings settings, Offering offering) {
    this.settings = settings;
    this.offering = offering;
  }

  /** What {@code main.cf} says. */
  public SaslSettings settings() {
    return settings;
  }

  /** Whether a client may log in, within TLS or without. */
  public boolean isEnabled(boolean secured) {
    return settings.server().isPresent() && (secured || !settings.tlsOnly());
  }

  /**
   * The names of the mechanisms that a client is told of.
   *
   * @throws IOException if the service cannot be asked; the message is for the log
   */
  public List<String> mechanisms(boolean secured) throws IOException {
    try {
      return allowed(offering.get(this::ask), secured)
          .filter(settings.mechanismFilter()::hasString)
          .toList();
    } catch (IOException e) {
      throw new IOException(failed(e), e);
    }
  }

  private String failed(IOException e) {
    return "SASL: Connect to Dovecot auth socket '%s' failed: %s"
        .formatted(settings.path(), e.getMessage());
  }

  private List<Mechanism> ask() throws IOException {
    try (DovecotConnection connection = connect()) {
      return connection.handshake();
    }
  }

  private DovecotConnection connect() throws IOException {
    return DovecotConnection.open(settings.server().orElseThrow(), TIME_LIMIT);
  }

  /** The names of those that security options leave. */
  private Stream<String> allowed(List<Mechanism> mechanisms, boolean secured) {
    Set<String> options = secured ? settings.tlsOptions() : settings.options();
    return mechanisms.stream().filter(it -> it.satisfies(options)).map(Mechanism::name);
  }

  /** How a login stands. */
  public sealed interface Result {
    /**
     * The client is to say more.
     *
     * @param text base64, what it is told
     */
    record Challenge(String text) implements Result {}

    /** The client is who it says. */
    record Success(Login login) implements Result {}

    /**
     * It is not, or nobody can tell.
     *
     * @param reason for the client and the log; empty if there is none
     * @param temporary whether nobody can tell
     * @param username whom it said it was; empty if that is not known
     * @param cause what the log should know besides
     */
    record Failure(
        String reason, boolean temporary, Optional<String> username, Optional<String> cause)
        implements Result {
      static Failure of(String reason) {
        return new Failure(reason, false, Optional.empty(), Optional.empty());
      }

      static Failure ofService(String missing) {
        return new Failure(
            "Authentication backend error",
            false,
            Optional.empty(),
            Optional.of("missing Dovecot server %s field".formatted(missing)));
      }

      static Failure temporary(String reason, String cause) {
        return new Failure(reason, true, Optional.empty(), Optional.of(cause));
      }
    }
  }

  /** Puts a challenge to the client; empty if it gives up. */
  @FunctionalInterface
  public interface Dialogue {
    /**
     * @param challenge base64
     * @return the client's answer
     * @throws IOException if the client is gone
     */
    Optional<String> answer(String challenge) throws IOException;
  }

  /**
   * Runs one login to its end.
   *
   * @param mechanism as the client wrote it
   * @param initialResponse base64; {@code =} is an empty one, RFC 4954 section 4
   * @return empty if the client has given up
   * @throws IOException if the client is gone; that the service is gone is a result
   */
  public Optional<Result> authenticate(
      Client client,
      boolean secured,
      String mechanism,
      Optional<String> initialResponse,
      Dialogue dialogue)
      throws IOException {
    DovecotConnection connection;
    List<Mechanism> offered;
    try {
      connection = connect();
    } catch (IOException e) {
      return Optional.of(cannotConnect(e));
    }
    try (connection) {
      try {
        offered = connection.handshake();
      } catch (IOException e) {
        return Optional.of(cannotConnect(e));
      }
      offering.heard(offered);
      if (allowed(offered, secured).noneMatch(it -> it.equalsIgnoreCase(mechanism))) {
        return Optional.of(Result.Failure.of("Invalid authentication mechanism"));
      }
      if (initialResponse.filter(it -> !BASE64.matcher(it).matches()).isPresent()) {
        return Optional.of(Result.Failure.of("Invalid base64 data in initial response"));
      }
      String request = request(client, secured, mechanism, initialResponse);
      return exchange(connection, request, mechanism, dialogue);
    }
  }

  private Result cannotConnect(IOException e) {
    return Result.Failure.temporary("Can't connect to authentication server", failed(e));
  }

  private static Optional<Result> exchange(
      DovecotConnection connection, String request, String mechanism, Dialogue dialogue)
      throws IOException {
    Result result = ask(connection, request, mechanism);
    while (result instanceof Result.Challenge challenge) {
      Optional<String> answer = dialogue.answer(challenge.text());
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      if (!BASE64.matcher(answer.get()).matches()) {
        return Optional.of(Result.Failure.of("Invalid base64 data in continued response"));
      }
      result = ask(connection, "CONT\t1\t" + answer.get(), mechanism);
    }
    return Optional.of(result);
  }

  /** The initial response goes last, as the protocol has it. */
  private String request(
      Client client, boolean secured, String mechanism, Optional<String> initialResponse) {
    return "AUTH\t1\t%s\tservice=%s\tnologin\tlip=%s\trip=%s%s%s"
        .formatted(
            mechanism,
            settings.service(),
            known(client.serverAddress()),
            known(client.address()),
            secured ? "\tsecured" : "",
            initialResponse.map(it -> "\tresp=" + it).orElse(""));
  }

  private static String known(String address) {
    return address.equals(Client.UNKNOWN) ? "" : address;
  }

  private static Result ask(DovecotConnection connection, String line, String mechanism) {
    try {
      return connection.ask(line, words -> answer(words, mechanism));
    } catch (IOException e) {
      return Result.Failure.temporary(
          "Connection lost to authentication server", "SASL: " + e.getMessage());
    }
  }

  private static Optional<Result> answer(List<String> words, String mechanism) {
    if (words.size() < 2 || !words.get(1).equals("1")) {
      return Optional.empty(); // Of another login, or nothing that is known.
    }
    return switch (words.getFirst()) {
      case "OK" ->
          Optional.of(
              argument(words, "user")
                  .filter(it -> !it.isEmpty())
                  .<Result>map(it -> new Result.Success(new Login(mechanism, it)))
                  .orElseGet(() -> Result.Failure.ofService("OK username")));
      case "CONT" ->
          Optional.of(
              words.size() > 2
                  ? new Result.Challenge(words.get(2))
                  : Result.Failure.ofService("CONT reply"));
      case "FAIL" ->
          Optional.of(
              new Result.Failure(
                  argument(words, "reason").orElse(""),
                  words.contains("temp"),
                  argument(words, "user"),
                  Optional.empty()));
      default -> Optional.empty();
    };
  }

  /** Somebody else's text, which goes to logs and headers. */
  private static Optional<String> argument(List<String> words, String name) {
    return words.stream()
        .skip(2)
        .filter(it -> it.startsWith(name + "="))
        .map(it -> Characters.printable(it.substring(name.length() + 1), '?'))
        .reduce((earlier, later) -> later);
  }
}
