package dev.mailservice.smtpd.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The argument of MAIL and RCPT: an address, in angle brackets or not, and ESMTP parameters.
 *
 * @param address the address without angle brackets
 * @param parameters what follows it, word by word
 */
record Path(String address, List<String> parameters) {
  /**
   * Reads {@code FROM:<address> parameter…}, tolerant of white space and missing brackets as
   * Postfix is unless {@code strict_rfc821_envelopes} is set.
   *
   * @param keyword {@code FROM} or {@code TO}
   * @return empty if the argument does not have this form
   */
  static Optional<Path> parse(String keyword, String argument) {
    String prefix = keyword + ":";
    if (!argument.toUpperCase(Locale.ROOT).startsWith(prefix)) {
      return Optional.empty();
    }
    String rest = argument.substring(prefix.length()).strip();
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    if (!rest.startsWith("<")) {
      int end = firstSpace(rest);
      return Optional.of(new Path(rest.substring(0, end), words(rest.substring(end))));
    }
    int end = closingBracket(rest);
    if (end < 0) {
      // With its bracket it names no mailbox, which is what the client is told, as in Postfix.
      return Optional.of(new Path(rest, List.of()));
    }
    String behind = rest.substring(end + 1);
    if (!behind.isEmpty() && behind.charAt(0) != ' ') {
      return Optional.empty();
    }
    return Optional.of(new Path(rest.substring(1, end), words(behind)));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" +")).filter(it -> !it.isEmpty()).toList();
  }

  private static int firstSpace(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? text.length() : space;
  }

  /** The bracket that ends the address; one within a quoted local part does not. */
  private static int closingBracket(String text) {
    boolean quoted = false;
    for (int at = 1; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '\\' -> at++;
        case '"' -> quoted = !quoted;
        case '>' -> {
          if (!quoted) {
            return at;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  /**
   * Whether the address could name a mailbox: a local part, and a domain if there is an at sign.
   */
  boolean namesMailbox() {
    int at = address.lastIndexOf('@');
    return !address.isEmpty()
        && at != 0
        && at != address.length() - 1
        && !address.startsWith("<")
        && address.chars().allMatch(this::isAllowed);
  }

  private boolean isAllowed(int c) {
    return (c > ' ' && c < 127) || (c == ' ' && address.startsWith("\""));
  }
}
