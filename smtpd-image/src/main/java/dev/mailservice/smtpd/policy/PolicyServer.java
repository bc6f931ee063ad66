package dev.mailservice.smtpd.policy;

import dev.mailservice.smtpd.access.PolicyService;
import dev.mailservice.smtpd.protocol.WireText;
import dev.mailservice.smtpd.table.LookupServer;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One policy server. A question that gets no answer is put again, as often as {@code
 * smtpd_policy_service_try_limit} says; then the default action applies.
 */
final class PolicyServer implements PolicyService {
  private static final int LONGEST_ANSWER = 100_000;
  private static final String ACTION = "action=";

  private final String name;
  private final PolicySettings settings;
  private final String stress;
  private final LookupServer server;
  private final Consumer<String> warnings;

  PolicyServer(
      String name,
      PolicySettings settings,
      String stress,
      LookupServer server,
      Consumer<String> warnings) {
    this.name = name;
    this.settings = settings;
    this.stress = stress;
    this.server = server;
    this.warnings = warnings;
  }

  @Override
  public String context() {
    return settings.context();
  }

  @Override
  public String stress() {
    return stress;
  }

  @Override
  public String action(String request) {
    try (var unused = SessionTime.waitFor(WaitingFor.POLICY)) {
      return asked(request);
    }
  }

  private String asked(String request) {
    byte[] question = request.getBytes(StandardCharsets.ISO_8859_1);
    for (int tried = 1; ; tried++) {
      try {
        return server.ask(question, PolicyServer::answer);
      } catch (IOException e) {
        warnings.accept("problem talking to server %s: %s".formatted(name, e.getMessage()));
      }
      if (tried >= settings.tries() || !waits()) {
        return settings.defaultAction();
      }
    }
  }

  private boolean waits() {
    try {
      Thread.sleep(settings.retryDelay());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lines of name=value until an empty one; what is not known is skipped. */
  private static String answer(LookupServer.Input input) throws IOException {
    String action = "";
    int length = 0;
    while (true) {
      var line = new StringBuilder();
      for (int c = input.read(); c != '\n'; c = input.read()) {
        line.append((char) c);
        if (++length > LONGEST_ANSWER) {
          throw new IOException("answer longer than " + LONGEST_ANSWER);
        }
      }
      if (line.isEmpty()) {
        if (action.isEmpty()) {
          throw new IOException("answer without an action");
        }
        return action;
      }
      if (line.toString().startsWith(ACTION)) {
        // An action is text as a table's is.
        action = WireText.characters(line.substring(ACTION.length()));
      } else if (line.indexOf("=") <= 0) {
        throw new IOException("malformed answer");
      }
    }
  }
}
