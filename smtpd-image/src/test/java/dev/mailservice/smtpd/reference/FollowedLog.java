package dev.mailservice.smtpd.reference;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail log that is being written: its lines, by the name that their smtpd has in it. Reads only
 * what has come since it was asked last, as many ask often.
 */
final class FollowedLog {
  private static final Pattern SMTPD = Pattern.compile("^.*? (\\S+)/smtpd\\[\\d+]: ");

  private final Path file;
  private final Map<String, List<String>> lines = new HashMap<>();
  private long read;

  FollowedLog(Path file) {
    this.file = file;
  }

  /**
   * What an smtpd has logged so far.
   *
   * @param name its {@code syslog_name}
   */
  synchronized List<String> of(String name) {
    try {
      readOn();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(lines.getOrDefault(name, List.of()));
  }

  private void readOn() throws IOException {
    if (!Files.exists(file) || Files.size(file) == read) {
      return;
    }
    byte[] more;
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(read);
      more = new byte[Math.toIntExact(in.length() - read)];
      in.readFully(more);
    }
    int start = 0;
    for (int i = 0; i < more.length; i++) {
      if (more[i] == '\n') {
        add(new String(more, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    // What is behind the last end of line has not been written to its end.
    read += start;
  }

  private void add(String line) {
    Matcher matcher = SMTPD.matcher(line);
    if (matcher.lookingAt()) {
      lines.computeIfAbsent(matcher.group(1), _ -> new ArrayList<>()).add(line);
    }
  }
}
