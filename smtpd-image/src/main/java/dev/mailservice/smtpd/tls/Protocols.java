package dev.mailservice.smtpd.tls;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The notation of {@code smtpd_tls_protocols}: a list, exclusions by {@code !}, or bounds. */
final class Protocols {
  /** In order; those that JSSE no longer speaks are known and never accepted. */
  private static final List<String> ALL =
      List.of("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private static final List<String> SPOKEN = List.of("TLSv1.2", "TLSv1.3");

  private Protocols() {}

  /**
   * The protocols to accept, as JSSE names them.
   *
   * @param value for example {@code >=TLSv1.2} or {@code !SSLv2, !SSLv3}
   * @throws IllegalArgumentException if a word is no protocol, or if none is left
   */
  static List<String> parse(String parameter, List<String> value) {
    int lowest = 0;
    int highest = ALL.size() - 1;
    var excluded = new java.util.ArrayList<String>();
    var included = new java.util.ArrayList<String>();
    for (String word : value.stream().flatMap(it -> List.of(it.split(":")).stream()).toList()) {
      if (word.startsWith(">=")) {
        lowest = Math.max(lowest, index(parameter, word.substring(2)));
      } else if (word.startsWith("<=")) {
        highest = Math.min(highest, index(parameter, word.substring(2)));
      } else if (word.startsWith("!")) {
        excluded.add(ALL.get(index(parameter, word.substring(1))));
      } else if (!word.isEmpty()) {
        included.add(ALL.get(index(parameter, word)));
      }
    }
    List<String> accepted =
        IntStream.rangeClosed(lowest, highest)
            .mapToObj(ALL::get)
            .filter(SPOKEN::contains)
            .filter(it -> !excluded.contains(it))
            .filter(it -> included.isEmpty() || included.contains(it))
            .toList();
    if (accepted.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: no protocol is left that this server speaks, want: %s"
              .formatted(parameter, String.join(" or ", SPOKEN)));
    }
    return accepted;
  }

  private static int index(String parameter, String word) {
    for (int i = 0; i < ALL.size(); i++) {
      if (ALL.get(i).toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "%s: no protocol \"%s\", want: %s".formatted(parameter, word, String.join(", ", ALL)));
  }
}
