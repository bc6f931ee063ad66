package dev.mailservice.smtpd.reference;

import java.util.List;
import java.util.Locale;

/** The dialogues that {@code -Ddialogues=WORDS} asks for; without, all. */
final class Selected {
  private static final String WORDS = System.getProperty("dialogues", "");

  private Selected() {}

  /** Whether not all are asked for. */
  static boolean some() {
    return !WORDS.isEmpty();
  }

  static List<DialogueFile> files() {
    return DialogueFile.all();
  }

  static List<Dialogue> dialogues() {
    return DialogueFile.all().stream()
        .flatMap(
            file -> file.dialogues().stream().filter(it -> has(file.path() + " " + it.title())))
        .toList();
  }

  private static boolean has(String text) {
    return text.toLowerCase(Locale.ROOT).contains(WORDS.toLowerCase(Locale.ROOT));
  }
}
