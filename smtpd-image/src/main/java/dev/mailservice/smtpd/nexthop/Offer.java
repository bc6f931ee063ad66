package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.protocol.Reply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a next hop offers in its reply to EHLO, RFC 5321 section 4.1.1.1.
 *
 * @param keywords keyword to parameters, both in capitals
 */
record Offer(Map<String, List<String>> keywords) {
  private static final Pattern VALUE = Pattern.compile("=.*");

  /** Reads a positive reply to EHLO; its first line is a greeting. */
  static Offer of(Reply ehlo) {
    Map<String, List<String>> keywords = new HashMap<>();
    ehlo.lines().stream()
        .skip(1)
        .map(line -> line.strip().toUpperCase(Locale.ROOT).split("[ \\t]+"))
        .filter(words -> !words[0].isEmpty())
        .forEach(
            words ->
                keywords.merge(
                    words[0],
                    List.of(Arrays.copyOfRange(words, 1, words.length)),
                    (first, second) -> first.size() >= second.size() ? first : second));
    return new Offer(Map.copyOf(keywords));
  }

  boolean has(String keyword) {
    return keywords.containsKey(keyword);
  }

  /** The attributes that XFORWARD may send; none if the next hop does not know XFORWARD. */
  Set<String> forwarded() {
    return Set.copyOf(keywords.getOrDefault("XFORWARD", List.of()));
  }

  /**
   * Whether the next hop should hear a parameter of MAIL or RCPT, for example {@code SIZE=1000}.
   * What only tells something about the message is left out where it is not known. What asks for
   * something goes on, as in Postfix, so that the client hears a refusal: it would wait in vain for
   * a report that was asked of nobody.
   */
  boolean takes(String parameter) {
    String name = VALUE.matcher(parameter.toUpperCase(Locale.ROOT)).replaceFirst("");
    return switch (name) {
      case "SIZE", "SMTPUTF8" -> has(name);
      case "BODY" -> has("8BITMIME");
      // Some servers announce AUTH in the form of a draft, "AUTH=PLAIN".
      case "AUTH" -> keywords.keySet().stream().anyMatch(it -> it.matches("AUTH(=.*)?"));
      default -> true;
    };
  }
}
