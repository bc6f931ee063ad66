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
 * Dialogues in which this server does not yet do as Postfix does. A file lists their titles, and it
 * must not list others, so that it can only shrink.
 */
record NotYet(Path file) {
  /** Those whose client does not yet hear the same. */
  static final NotYet REPLIES = new NotYet(DialogueFile.FOLDER.resolve("not-yet.txt"));

  /** Those whose client hears the same, but of which the log does not yet tell the same. */
  static final NotYet LOGS = new NotYet(DialogueFile.FOLDER.resolve("log-not-yet.txt"));

  /** Whether the list is to be written anew. */
  static final boolean WRITE = Boolean.getBoolean("dialogues.notyet");

  Set<String> titles() {
    try {
      return new TreeSet<>(Files.readAllLines(file));
    } catch (IOException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Titles in the list that need not be there; none after the list has been written.
   *
   * @param played dialogues, and whether they came out: the list's other lines are not judged
   */
  List<String> needless(Map<Dialogue, Boolean> played) {
    var cameOut = new LinkedHashMap<String, Boolean>();
    played.forEach((dialogue, equal) -> cameOut.put(dialogue.title(), equal));
    if (WRITE) {
      write(cameOut);
    }
    var needless = new ArrayList<String>(titles());
    needless.removeIf(it -> !cameOut.getOrDefault(it, false));
    return needless;
  }

  private void write(Map<String, Boolean> cameOut) {
    var lines = new TreeSet<String>(titles());
    lines.removeAll(cameOut.keySet());
    cameOut.forEach(
        (title, equal) -> {
          if (!equal) {
            lines.add(title);
          }
        });
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }

  /** Titles in the list that no dialogue has. */
  Set<String> unknown(Collection<String> known) {
    var unknown = new HashSet<String>(titles());
    unknown.removeAll(known);
    return unknown;
  }
}
