package dev.mailservice.smtpd.reference;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One thing that the client of a dialogue does. */
sealed interface Step {
  /** {@code tls}, and what of it the client chooses. */
  Pattern TLS = Pattern.compile("tls(?: (TLSv\\S+))?(?: as (\\S+))?");

  /**
   * Says something.
   *
   * @param bytes what
   * @param replies how many replies it is worth
   * @param more whether it travels in one packet with what comes next
   */
  record Say(byte[] bytes, int replies, boolean more) implements Step {
    /** Whether it is the line that ends a message's content. */
    boolean isFinalDot() {
      return new String(bytes, StandardCharsets.ISO_8859_1).equals(".\r\n");
    }
  }

  /**
   * Hears.
   *
   * @param replies how many; without, as many as are due
   */
  record Hear(Optional<Integer> replies) implements Step {}

  /** Sends what was held back, then does nothing for so long. */
  record Wait(Duration time) implements Step {}

  /** Says that it will say no more, and hears all that the server still has to say. */
  record HalfClose() implements Step {}

  /**
   * Shakes hands for TLS, and goes on within.
   *
   * @param protocol the one that the client speaks; without, the best that both know
   * @param certificate the name of the one that it shows if it is asked; without, it has none
   */
  record Tls(Optional<String> protocol, Optional<String> certificate) implements Step {}

  /**
   * The step that a line of a dialogue stands for; nothing if it is another kind of line.
   *
   * @throws IllegalArgumentException if it is meant as one and is none
   */
  static Optional<Step> parse(String line) {
    if (line.startsWith("C")) {
      return Optional.of(say(line));
    }
    String[] words = line.split(" ");
    return switch (words[0]) {
      case "hear" ->
          Optional.of(
              new Hear(
                  words.length > 1 ? Optional.of(Integer.valueOf(words[1])) : Optional.empty()));
      case "wait" -> Optional.of(new Wait(Duration.ofMillis(Long.parseLong(words[1]))));
      case "half-close" -> Optional.of(new HalfClose());
      case "tls" -> Optional.of(tls(line));
      default -> Optional.empty();
    };
  }

  private static Tls tls(String line) {
    Matcher matcher = TLS.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(line + ": want: tls [TLSv1.2] [as NAME]");
    }
    return new Tls(Optional.ofNullable(matcher.group(1)), Optional.ofNullable(matcher.group(2)));
  }

  private static Say say(String line) {
    byte[] text = Escapes.bytes(line.length() > 3 ? line.substring(3) : "");
    String kind = line.length() > 1 ? line.substring(0, 2) : line;
    return switch (kind) {
      case "C:" -> new Say(withEnd(text), 1, false);
      case "C+" -> new Say(withEnd(text), 1, true);
      case "C~" -> new Say(withEnd(text), 0, true);
      case "C=" -> new Say(text, 0, true);
      default -> throw new IllegalArgumentException(line + ": want: C: or C+ or C~ or C=");
    };
  }

  private static byte[] withEnd(byte[] text) {
    var line = new ByteArrayOutputStream();
    line.writeBytes(text);
    line.writeBytes(new byte[] {'\r', '\n'});
    return line.toByteArray();
  }
}
