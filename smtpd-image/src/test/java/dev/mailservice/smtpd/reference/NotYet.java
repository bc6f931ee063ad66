package dev.mailservice.smtpd.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The dialogues that this server does not yet hold as Postfix does. A file lists their titles, and
 * it must not list others, so that it can only shrink.
 */
final class NotYet {
  /** Whether the list is to be written anew. */
  static final boolean WRITE = Boolean.getBoolean("dialogues.notyet");

  private static final Path FILE = DialogueFile.FOLDER.resolve("not-yet.txt");

  private NotYet() {}

  static Set<String> titles() {
    try {
      return new TreeSet<>(Files.readAllLines(FILE));
    } catch (IOException e) {
      throw new IllegalStateException(FILE + ": " + e.getMessage(), e);
    }
  }

  /**
   * Titles in the list that need not be there; none after the list has been written.
   *
   * @param played dialogues, and whether they came out: the list's other lines are not judged
   */
  static List<String> needless(Map<Dialogue, Boolean> played) {
    var cameOut = new LinkedHashMap<String, Boolean>();
    played.forEach((dialogue, equal) -> cameOut.put(dialogue.title(), equal));
    if (WRITE) {
      write(cameOut);
    }
    var needless = new ArrayList<String>(titles());
    needless.removeIf(it -> !cameOut.getOrDefault(it, false));
    return needless;
  }

  private static void write(Map<String, Boolean> cameOut) {
    var lines = new TreeSet<String>(titles());
    lines.removeAll(cameOut.keySet());
    cameOut.forEach(
        (title, equal) -> {
          if (!equal) {
            lines.add(title);
          }
        });
    try {
      Files.write(FILE, lines);
    } catch (IOException e) {
      throw new IllegalStateException(FILE + ": " + e.getMessage(), e);
    }
  }

  /** Titles in the list that no dialogue has. */
  static Set<String> unknown(Collection<String> known) {
    var unknown = new HashSet<String>(titles());
    unknown.removeAll(known);
    return unknown;
  }
}
