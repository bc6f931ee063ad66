package dev.mailservice.maincf.parameters;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Known names that somebody may have meant who wrote another. */
public final class NearestNames {
  private static final int MAX_NAMES = 3;

  private NearestNames() {}

  /** The nearest of all known parameters; empty if none is near. */
  public static List<String> of(String name) {
    return of(name, KnownParameters.names());
  }

  /** The nearest of these names: one letter in four may be wrong, missing or too many. */
  static List<String> of(String name, Collection<String> known) {
    var nearest = new ArrayList<String>();
    int least = Math.max(1, name.length() / 4);
    for (String candidate : known) {
      int distance =
          Math.abs(candidate.length() - name.length()) <= least
              ? distance(name, candidate)
              : Integer.MAX_VALUE;
      if (distance < least) {
        nearest.clear();
        least = distance;
      }
      if (distance == least) {
        nearest.add(candidate);
      }
    }
    return nearest.stream().sorted().limit(MAX_NAMES).toList();
  }

  /** Levenshtein's distance: how many letters to change, to add or to take away. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int at = 0; at < previous.length; at++) {
      previous[at] = at;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
