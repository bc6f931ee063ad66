package dev.mailservice.smtpd.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A list of domain names as {@code mydestination} and {@code relay_domains} hold it. */
public final class DomainList {
  private final Set<String> domains;
  private final boolean matchesSubdomains;

  /**
   * @param parameter the parameter's name, for the message
   * @param patterns its words
   * @param matchesSubdomains whether a domain stands for its subdomains, too
   * @throws IllegalArgumentException if a word is a lookup table, a file or an exclusion
   */
  public DomainList(String parameter, List<String> patterns, boolean matchesSubdomains) {
    for (String pattern : patterns) {
      if (pattern.contains(":") || pattern.contains("/") || pattern.startsWith("!")) {
        throw new IllegalArgumentException(
            "%s: \"%s\" is not implemented, want: domain names".formatted(parameter, pattern));
      }
    }
    this.domains =
        patterns.stream()
            .map(it -> it.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.matchesSubdomains = matchesSubdomains;
  }

  /** Whether a domain is in the list, whatever its case and with or without its final dot. */
  public boolean matches(String domain) {
    String name = domain.toLowerCase(Locale.ROOT);
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (domains.contains(name)) {
      return true;
    }
    while (matchesSubdomains && name.indexOf('.') >= 0) {
      name = name.substring(name.indexOf('.') + 1);
      if (domains.contains(name) || domains.contains("." + name)) {
        return true;
      }
    }
    return false;
  }
}
