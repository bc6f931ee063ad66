package dev.mailservice.e2e.loss;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has arrived where mail is to be kept.
 *
 * @param copies how often, by message and recipient; a next hop has one recipient, {@link
 *     #NEXT_HOP}, whomever the envelope names
 * @param damaged Message-IDs of copies that are not as they were sent
 */
record Received(Map<Copy, Integer> copies, Set<String> damaged) {
  /** The next hop has a message or has not, for all its recipients. */
  static final String NEXT_HOP = "";

  /** A message for somebody. */
  record Copy(String id, String user) {}

  Received {
    copies = Map.copyOf(copies);
    damaged = Set.copyOf(damaged);
  }

  /** Who should have a letter. */
  static List<Copy> wanted(Letter letter, Store store) {
    return store == Store.MAILDIR
        ? letter.users().stream().map(user -> new Copy(letter.id(), user)).toList()
        : List.of(new Copy(letter.id(), NEXT_HOP));
  }

  int times(Copy copy) {
    return copies.getOrDefault(copy, 0);
  }

  /** Message-IDs of what nobody has sent, or not to that recipient. */
  Set<String> strangers(List<Letter> letters, Store store) {
    Set<Copy> known =
        letters.stream().flatMap(it -> wanted(it, store).stream()).collect(Collectors.toSet());
    var strangers = new HashSet<String>();
    copies.keySet().stream()
        .filter(it -> !known.contains(it))
        .forEach(it -> strangers.add(it.id()));
    return strangers;
  }
}
