package dev.mailservice.smtpd.session;

import dev.mailservice.smtpd.access.Inquiry;
import dev.mailservice.smtpd.access.SessionRestrictions;
import dev.mailservice.smtpd.protocol.CommandLine;
import dev.mailservice.smtpd.protocol.SmtpProtocol;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * What the parts of one conversation share. Used by the session's thread alone.
 *
 * @param services what all sessions share
 * @param client the connection
 * @param identity who the client is
 * @param log what the session logs
 * @param protocol what has been said
 * @param restrictions what may be done
 * @param conduct what has been done too often
 * @param current the settings that hold for the command at hand
 */
record SessionContext(
    Services services,
    ClientConnection client,
    SessionIdentity identity,
    SessionLog log,
    SmtpProtocol protocol,
    SessionRestrictions restrictions,
    SessionConduct conduct,
    Supplier<SmtpdSettings> current) {
  /** The settings that hold for the command at hand. */
  SmtpdSettings settings() {
    return current.get();
  }

  /** What restrictions see. */
  Inquiry inquiry(String command) {
    return identity.inquiry(command, protocol);
  }

  /**
   * The client's next line.
   *
   * @param limit bytes; what is longer is cut, and the log is told
   */
  CommandLine readCommand(int limit) throws IOException {
    CommandLine line = client.readCommand(limit);
    if (line.text().length() >= limit) {
      log.warning(
          "%s: request longer than %d: %.30s...".formatted(identity.client(), limit, line.text()));
    }
    return line;
  }
}
