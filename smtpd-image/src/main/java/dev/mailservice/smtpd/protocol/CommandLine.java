package dev.mailservice.smtpd.protocol;

import java.util.List;
import java.util.function.Supplier;

/**
 * One line that the client sent where a command is due.
 *
 * @param text its bytes, one char each, without the line end, cut at the first NUL
 * @param whole the same with what stands behind a NUL
 * @param bareNewline whether it ended in a line feed alone
 * @param behind what the client has sent behind it already; empty if nothing
 */
public record CommandLine(String text, String whole, boolean bareNewline, Supplier<String> behind) {
  /** The line's words. */
  List<Token> words() {
    return Token.of(text);
  }
}
