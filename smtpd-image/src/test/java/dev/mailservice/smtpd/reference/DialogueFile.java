package dev.mailservice.smtpd.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A file of dialogues about one topic.
 *
 * @param head its lines before the first title; options there are every dialogue's
 */
record DialogueFile(Path path, List<String> head, List<Dialogue> dialogues) {
  private static final String TITLE = "== ";

  /** Where the files are, as the module's tests see them. */
  static final Path FOLDER = Path.of("src/test/resources/dev/mailservice/smtpd/dialogues");

  /** All files, in order of their names. */
  static List<DialogueFile> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(it -> it.toString().endsWith(".dialogue"))
          .sorted()
          .map(DialogueFile::read)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(FOLDER + ": " + e.getMessage(), e);
    }
  }

  private static DialogueFile read(Path path) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path);
    } catch (IOException e) {
      throw new IllegalStateException(path + ": " + e.getMessage(), e);
    }
    int first = 0;
    while (first < lines.size() && !lines.get(first).startsWith(TITLE)) {
      first++;
    }
    List<String> head = lines.subList(0, first);
    List<String> options =
        head.stream().filter(it -> it.startsWith("-o ")).map(it -> it.substring(3)).toList();
    var dialogues = new ArrayList<Dialogue>();
    for (int start = first; start < lines.size(); ) {
      int end = start + 1;
      while (end < lines.size() && !lines.get(end).startsWith(TITLE)) {
        end++;
      }
      String title = lines.get(start).substring(TITLE.length());
      dialogues.add(Dialogue.parse(title, options, withoutEnd(lines.subList(start + 1, end))));
      start = end;
    }
    return new DialogueFile(path, List.copyOf(head), dialogues);
  }

  private static List<String> withoutEnd(List<String> lines) {
    int end = lines.size();
    while (end > 0 && lines.get(end - 1).isBlank()) {
      end--;
    }
    return lines.subList(0, end);
  }

  /** Writes it anew, with what a server said. */
  void write(Function<Dialogue, Transcript> said) {
    var lines = new ArrayList<String>(withoutEnd(head));
    for (Dialogue dialogue : dialogues) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(TITLE + dialogue.title());
      lines.addAll(dialogue.written(said.apply(dialogue)));
    }
    try {
      Files.writeString(path, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(path + ": " + e.getMessage(), e);
    }
  }
}
