package dev.mailservice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A recorded SMTP dialogue: lines of a client ({@code C:}), lines of a server ({@code S:}), and
 * last what came of it.
 */
public record Transcript(String name, List<String> lines) {
  /** All transcripts in a folder of the test resources. */
  public static Stream<Transcript> in(String folder) {
    try (Stream<Path> files =
        Files.list(Path.of(Transcript.class.getResource("/transcripts/" + folder).toURI()))) {
      return files.sorted().map(Transcript::read).toList().stream();
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** What follows a line's mark. */
  public static String text(String line) {
    String text = line.substring(line.indexOf(':') + 1);
    return text.startsWith(" ") ? text.substring(1) : text;
  }

  /** Lines with this mark, without it. */
  public List<String> marked(String mark) {
    return lines.stream().filter(line -> line.startsWith(mark)).map(Transcript::text).toList();
  }

  /** The dialogue alone. */
  public List<String> dialogue() {
    return lines.stream().filter(line -> line.startsWith("C:") || line.startsWith("S:")).toList();
  }

  @Override
  public String toString() {
    return name.replace('-', ' ');
  }

  private static Transcript read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".txt", "");
      return new Transcript(name, Files.readAllLines(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
