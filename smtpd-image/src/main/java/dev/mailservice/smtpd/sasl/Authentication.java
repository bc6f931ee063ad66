package dev.mailservice.smtpd.sasl;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.Login;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Logins at Dovecot's authentication service. Safe for use by several threads: each login has a
 * connection of its own, so that none waits for another's.
 */
public final class Authentication {
  /** Postfix's own limit. */
  private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

  private static final String LOST = "Connection lost to authentication server";

  private final SaslSettings settings;

  /** Nothing is connected yet. */
  public Authentication(SaslSettings settings) {
    this.settings = settings;
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
   * The names of the mechanisms that a client is offered.
   *
   * @throws IOException if the service cannot be asked; the message is for the log
   */
  public List<String> mechanisms(boolean secured) throws IOException {
    try (DovecotConnection connection = connect()) {
      return names(connection.handshake(), secured);
    }
  }

  private DovecotConnection connect() throws IOException {
    return DovecotConnection.open(settings.server().orElseThrow(), TIME_LIMIT);
  }

  private List<String> names(List<Mechanism> mechanisms, boolean secured) {
    Set<String> options = secured ? settings.tlsOptions() : settings.options();
    return mechanisms.stream()
        .filter(it -> it.satisfies(options))
        .map(Mechanism::name)
        .filter(settings.mechanismFilter()::hasString)
        .toList();
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
     * @param temporary whether nobody can tell
     * @param username whom it said it was; empty if that is not known
     */
    record Failure(String reason, boolean temporary, Optional<String> username) implements Result {}
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
    List<String> offered;
    try {
      connection = connect();
      offered = names(connection.handshake(), secured);
    } catch (IOException e) {
      return Optional.of(failure("Can't connect to authentication server", true));
    }
    try (connection) {
      if (offered.stream().noneMatch(it -> it.equalsIgnoreCase(mechanism))) {
        return Optional.of(failure("Invalid authentication mechanism", false));
      }
      if (initialResponse.isPresent() && !isBase64(initialResponse.get())) {
        return Optional.of(failure("Invalid base64 data in initial response", false));
      }
      Result result =
          ask(connection, request(client, secured, mechanism, initialResponse), mechanism);
      while (result instanceof Result.Challenge challenge) {
        Optional<String> answer = dialogue.answer(challenge.text());
        if (answer.isEmpty()) {
          return Optional.empty();
        }
        if (!isBase64(answer.get())) {
          return Optional.of(failure("Invalid base64 data in continued response", false));
        }
        result = ask(connection, "CONT\t1\t" + plain(answer.get()), mechanism);
      }
      return Optional.of(result);
    }
  }

  private String request(
      Client client, boolean secured, String mechanism, Optional<String> initialResponse) {
    return "AUTH\t1\t%s\tservice=%s\tnologin\tlip=%s\trip=%s%s%s"
        .formatted(
            mechanism,
            settings.service(),
            client.serverAddress(),
            client.address(),
            secured ? "\tsecured" : "",
            initialResponse.map(it -> "\tresp=" + plain(it)).orElse(""));
  }

  private static String plain(String response) {
    return response.equals("=") ? "" : response;
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(plain(text));
      return text.length() % 4 == 0 || text.equals("=");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Result ask(DovecotConnection connection, String line, String mechanism) {
    try {
      connection.say(line);
      while (true) {
        List<String> words = connection.hear();
        if (words.size() > 1 && words.get(1).equals("1")) {
          Optional<Result> result = result(words, mechanism);
          if (result.isPresent()) {
            return result.get();
          }
        }
      }
    } catch (IOException e) {
      return failure(LOST, true);
    }
  }

  private static Optional<Result> result(List<String> words, String mechanism) {
    return switch (words.getFirst()) {
      case "OK" ->
          Optional.of(
              argument(words, "user")
                  .<Result>map(it -> new Result.Success(new Login(mechanism, it)))
                  .orElseGet(() -> failure("Authentication backend error", false)));
      case "CONT" -> Optional.of(new Result.Challenge(words.size() > 2 ? words.get(2) : ""));
      case "FAIL" ->
          Optional.of(
              new Result.Failure(
                  argument(words, "reason").orElse(""),
                  words.contains("temp"),
                  argument(words, "user")));
      default -> Optional.empty();
    };
  }

  private static Optional<String> argument(List<String> words, String name) {
    return words.stream()
        .filter(it -> it.startsWith(name + "="))
        .map(it -> it.substring(name.length() + 1))
        .filter(it -> !it.isEmpty())
        .findFirst();
  }

  private static Result failure(String reason, boolean temporary) {
    return new Result.Failure(reason, temporary, Optional.empty());
  }
}
