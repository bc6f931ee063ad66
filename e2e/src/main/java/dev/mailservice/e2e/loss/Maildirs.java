package dev.mailservice.e2e.loss;

import dev.mailservice.e2e.sink.ContentMd5;
import dev.mailservice.e2e.sink.MessageIdHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Reads what users would find. */
final class Maildirs {
  private Maildirs() {}

  /** What is in {@code new} of each user's maildir. */
  static Received read(Path spool) throws IOException {
    var copies = new HashMap<Received.Copy, Integer>();
    var damaged = new HashSet<String>();
    for (String user : Letter.USERS) {
      for (Path file : files(spool.resolve(user).resolve("new"))) {
        var header = new MessageIdHeader();
        var digest = new ContentMd5();
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
          header.line(line);
          digest.line(line);
        }
        copies.merge(new Received.Copy(header.id(), user), 1, Integer::sum);
        if (!digest.isRight()) {
          damaged.add(header.id());
        }
      }
    }
    return new Received(copies, damaged);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
