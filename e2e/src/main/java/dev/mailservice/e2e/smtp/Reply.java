package dev.mailservice.e2e.smtp;

import java.util.List;

/**
 * A server's reply.
 *
 * @param code three digits
 * @param texts what follows the code, a text for each line, at least one
 */
public record Reply(int code, List<String> texts) {
  /** Copies the texts. */
  public Reply {
    texts = List.copyOf(texts);
  }

  /** Whether the reply says yes (2xx), or go on (3xx). */
  public boolean positive() {
    return code / 100 == 2 || code / 100 == 3;
  }

  /** All texts in one. */
  public String text() {
    return String.join(" ", texts);
  }

  @Override
  public String toString() {
    return code + " " + text();
  }
}
