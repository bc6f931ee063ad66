package dev.mailservice.smtpd.maildir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaildirCrashTest {
  private static final int CRASHES = 8;
  private static final int LONGEST_LIFE_MILLIS = 400;

  /** A crash that fails can be had again: {@code -Dcrash.seed=…}. */
  private static final long SEED = Long.getLong("crash.seed", new Random().nextLong());

  @Test
  void a_process_that_is_killed_leaves_no_partial_message_and_loses_none_that_it_acknowledged(
      @TempDir Path spool) throws Exception {
    var random = new Random(SEED);
    var acknowledged = new ArrayList<String>();
    for (int crash = 0; crash < CRASHES; crash++) {
      acknowledged.addAll(
          crash(spool, random.nextInt(1_000_000), random.nextInt(LONGEST_LIFE_MILLIS)));
    }
    assertThat(acknowledged).as("seed %d", SEED).isNotEmpty();
    Map<String, String> ends = new HashMap<>();
    for (String user : List.of("a", "b", "c")) {
      for (Path file : files(spool.resolve(user).resolve("new"))) {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        assertThat(text)
            .as("seed %d: %s", SEED, file)
            .startsWith("Return-Path: <>\nX-Original-To: " + user)
            .containsPattern("\nend of \\d+-\\d+\n\\z");
        ends.put(user + " " + text.substring(text.lastIndexOf(' ') + 1).strip(), text);
      }
    }
    for (String line : acknowledged) {
      String[] words = line.split(" ");
      for (String user : words[2].split(",")) {
        assertThat(ends).as("seed %d: %s", SEED, line).containsKey(user + " " + words[1]);
      }
    }
  }

  /** What a process has acknowledged that was killed so long after its first message. */
  private static List<String> crash(Path spool, int seed, int life)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile(spool, "said", null);
    Process writer =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MaildirWriter.class.getName(),
                spool.toString(),
                String.valueOf(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(said.toFile())
            .start();
    try {
      await().until(() -> Files.size(said) > 0);
      writer.waitFor(life, TimeUnit.MILLISECONDS);
    } finally {
      writer.destroyForcibly().waitFor();
    }
    String text = Files.readString(said);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    assertThat(lines).as("seed %d", SEED).allMatch(it -> it.startsWith("250 "));
    return lines;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
