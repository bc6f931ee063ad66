package dev.mailservice.smtpd.nexthop;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A MAIL or RCPT command as a client wrote it.
 *
 * @param line all of it
 * @param path verb and address, as written: {@code MAIL FROM:<user@example.com>}
 * @param parameters of ESMTP, as written
 */
record EnvelopeCommand(String line, String path, List<String> parameters) {
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
  private static final Pattern RETURNS_AT_END = Pattern.compile("\r+$");

  /**
   * Takes a command apart; what stands between angle brackets or quotes is never a parameter.
   *
   * @param said may have a CR within it, which is white space: as such it goes on, since some
   *     servers would take it for the end of a command
   */
  static EnvelopeCommand parse(String said) {
    String command =
        said.indexOf('\r') < 0
            ? said
            : RETURNS_AT_END.matcher(said).replaceFirst("").replace('\r', ' ');
    int end = endOfPath(command);
    return new EnvelopeCommand(
        command,
        command.substring(0, end),
        BLANKS.splitAsStream(command.substring(end)).filter(word -> !word.isEmpty()).toList());
  }

  private static int endOfPath(String command) {
    int colon = command.indexOf(':');
    boolean quoted = false;
    boolean bracketed = false;
    boolean address = false;
    for (int i = colon + 1; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '<' && !quoted) {
        bracketed = true;
      } else if (c == '>' && !quoted) {
        return i + 1;
      } else if ((c == ' ' || c == '\t') && !quoted && !bracketed && address) {
        return i;
      }
      address |= c != ' ' && c != '\t';
    }
    return command.length();
  }

  boolean has(String parameter) {
    return parameters.stream().anyMatch(parameter::equalsIgnoreCase);
  }

  /**
   * The command with those parameters alone that the other side takes; as written, if it can be.
   */
  String keeping(Predicate<String> taken) {
    if (parameters.stream().allMatch(taken)) {
      return line;
    }
    return path
        + parameters.stream().filter(taken).map(it -> " " + it).collect(Collectors.joining());
  }
}
