package dev.mailservice.smtpd.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Inputs that earlier runs have found, one a line, with {@code \r \n \\ \xHH}. */
final class Corpus {
  /** What is longer is seldom worth its room. */
  private static final int LONGEST = 600;

  private Corpus() {}

  static List<byte[]> read(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.US_ASCII).stream().map(Corpus::bytes).toList();
  }

  /** Adds the files of a folder. */
  static void keep(Path file, Path folder) throws IOException {
    var lines = new TreeSet<String>(Files.readAllLines(file, StandardCharsets.US_ASCII));
    try (Stream<Path> found = Files.list(folder)) {
      for (Path one : found.toList()) {
        String line = escaped(Files.readAllBytes(one));
        if (line.length() <= LONGEST) {
          lines.add(line);
        }
      }
    }
    Files.write(file, lines, StandardCharsets.US_ASCII);
  }

  private static String escaped(byte[] input) {
    var line = new StringBuilder();
    for (byte b : input) {
      switch (b) {
        case '\r' -> line.append("\\r");
        case '\n' -> line.append("\\n");
        case '\\' -> line.append("\\\\");
        default -> line.append(b >= ' ' && b < 127 ? "" + (char) b : "\\x%02x".formatted(b & 0xff));
      }
    }
    return line.toString();
  }

  private static byte[] bytes(String line) {
    var input = new ByteArrayOutputStream();
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c != '\\') {
        input.write(c);
        continue;
      }
      at++;
      switch (line.charAt(at)) {
        case 'r' -> input.write('\r');
        case 'n' -> input.write('\n');
        case '\\' -> input.write('\\');
        case 'x' -> {
          input.write(Integer.parseInt(line.substring(at + 1, at + 3), 16));
          at += 2;
        }
        default -> throw new IllegalArgumentException(line + ": not escaped as a corpus is");
      }
    }
    return input.toByteArray();
  }
}
