package dev.mailservice.smtpd.tls;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the words of {@code smtpd_tls_protocols} come to with the JDK as it is. */
final class Protocols {
  /** Postfix's names, the oldest version first; JSSE has the same. */
  private static final List<String> ALL =
      List.of("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private Protocols() {}

  /** The versions that the JDK speaks, whose own floor is {@code jdk.tls.disabledAlgorithms}. */
  static List<String> spoken() {
    return JdkTls.PROTOCOLS.stream().filter(ALL::contains).toList();
  }

  /**
   * The versions to accept.
   *
   * @param words for example {@code >=TLSv1.2}, or {@code !SSLv2} and {@code !SSLv3}
   * @throws IllegalArgumentException if none is left
   */
  static List<String> accepted(String parameter, List<String> words) {
    Predicate<String> isAllowed = allowed(words);
    List<String> accepted = spoken().stream().filter(isAllowed).toList();
    if (accepted.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: no version is left that this server speaks, want: %s"
              .formatted(parameter, String.join(" or ", spoken())));
    }
    return accepted;
  }

  /** Versions that are asked for by name, and not spoken. */
  static List<String> missing(List<String> words) {
    return ALL.subList(ALL.indexOf("TLSv1"), ALL.size()).stream()
        .filter(allowed(words))
        .filter(it -> !spoken().contains(it))
        .filter(it -> words.contains(it) || words.stream().anyMatch(word -> word.startsWith(">=")))
        .toList();
  }

  private static Predicate<String> allowed(List<String> words) {
    Optional<Integer> lowest = named(words, ">=").map(ALL::indexOf).max(Integer::compare);
    Optional<Integer> highest = named(words, "<=").map(ALL::indexOf).min(Integer::compare);
    List<String> excluded = named(words, "!").toList();
    List<String> included = words.stream().filter(ALL::contains).toList();
    return version ->
        lowest.filter(it -> ALL.indexOf(version) < it).isEmpty()
            && highest.filter(it -> ALL.indexOf(version) > it).isEmpty()
            && !excluded.contains(version)
            && (included.isEmpty() || included.contains(version));
  }

  private static Stream<String> named(List<String> words, String prefix) {
    return words.stream()
        .filter(it -> it.startsWith(prefix))
        .map(it -> it.substring(prefix.length()));
  }
}
