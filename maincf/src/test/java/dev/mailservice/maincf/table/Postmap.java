package dev.mailservice.maincf.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Postfix's own postmap(1), asked about many keys at once. */
final class Postmap {
  private static final Path PROGRAM = Path.of("/usr/sbin/postmap");

  private final Path directory;

  Postmap(Path directory) throws IOException {
    this.directory = directory;
    Files.writeString(directory.resolve("main.cf"), "compatibility_level = 3.6\n");
    Files.createFile(directory.resolve("master.cf"));
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** What it answers to each key, in order. */
  List<Optional<String>> query(String table, List<String> keys)
      throws IOException, InterruptedException {
    Path input = directory.resolve("keys");
    Path output = directory.resolve("answers");
    Path errors = directory.resolve("errors");
    Files.writeString(input, String.join("\n", keys) + "\n");
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-c", directory.toString(), "-q", "-", table)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("postmap does not end: " + table);
    }
    if (Files.readString(errors).contains("fatal")) {
      throw new IOException(table + ": " + Files.readString(errors));
    }
    return answers(keys, new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
  }

  private static List<Optional<String>> answers(List<String> keys, String output) {
    var answers = new ArrayList<Optional<String>>();
    List<String> lines =
        output.isEmpty()
            ? List.of()
            : List.of(output.substring(0, output.length() - 1).split("\n", -1));
    int at = 0;
    for (String key : keys) {
      if (at < lines.size() && lines.get(at).startsWith(key + "\t")) {
        answers.add(Optional.of(lines.get(at).substring(key.length() + 1)));
        at++;
      } else {
        answers.add(Optional.empty());
      }
    }
    if (at != lines.size()) {
      throw new IllegalStateException("no key for the answer " + lines.get(at));
    }
    return answers;
  }
}
