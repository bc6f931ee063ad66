package dev.mailservice.maincf.postconf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file is a {@code main.cf}, in lines that begin with a bar, and commands with what they
 * print. Lines of standard error begin with an exclamation mark; a status other than 0 has a line.
 */
class PostconfTranscriptTest {
  private static final Path TRANSCRIPTS =
      Path.of("src/test/resources/dev/mailservice/maincf/postconf");
  private static final String WRITE =
      "./mvnw -q -pl maincf test -Dtest=PostconfTranscriptTest -Dtranscripts.write";
  private static final Postconf.Machine MACHINE = new Postconf.Machine("mx", 42);

  @TestFactory
  Stream<DynamicTest> a_command_prints_what_the_transcript_says() throws IOException {
    try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> {
                        String transcript = Files.readString(file, UTF_8);
                        String actual = played(transcript);
                        if (System.getProperty("transcripts.write") != null) {
                          Files.writeString(file, actual, UTF_8);
                          return;
                        }
                        assertThat(actual)
                            .as("if it is right, write it anew: " + WRITE)
                            .isEqualTo(transcript);
                      }));
    }
  }

  /** The same transcript with what is printed now. */
  private static String played(String transcript) {
    var text = new StringBuilder();
    var played = new ArrayList<String>();
    for (String line : transcript.lines().toList()) {
      if (line.startsWith("|")) {
        text.append(line.length() > 2 ? line.substring(2) : "").append('\n');
        played.add(line);
      } else if (line.startsWith("#")) {
        played.add(line);
      } else if (line.startsWith("$ ")) {
        played.addAll(List.of("", line));
        played.addAll(run(List.of(line.substring(2).split(" ")), text.toString()));
      }
    }
    return String.join("\n", played) + "\n";
  }

  private static List<String> run(List<String> words, String mainCf) {
    var lines = new ArrayList<String>();
    if (words.getFirst().equals("check")) {
      List<String> overrides = words.stream().skip(1).filter(it -> !it.equals("-o")).toList();
      CheckReport report =
          CheckReport.of("main.cf", mainCf, overrides, "mx.example.test", main -> List.of());
      lines.addAll(report.lines());
      return lines;
    }
    var options = new CommandLine(words);
    PostconfOptions asked = options.options();
    var source = new Postconf.Source("DIR", words.contains("-c"), mainCf);
    Postconf.Printed printed =
        words.contains("--explain")
            ? Postconf.explain(asked, source, MACHINE)
            : Postconf.print(asked, source, MACHINE);
    lines.addAll(printed.lines());
    printed.messages().forEach(it -> lines.add("! " + it));
    if (printed.status() != 0) {
      lines.add("status " + printed.status());
    }
    return lines;
  }

  /** Options as the command line has them; the server's own parser is tested where it is. */
  private record CommandLine(List<String> words) {
    PostconfOptions options() {
      var flags = new StringBuilder();
      var overrides = new ArrayList<String>();
      var names = new ArrayList<String>();
      for (int at = 1; at < words.size(); at++) {
        String word = words.get(at);
        if (word.equals("-o")) {
          overrides.add(words.get(++at));
        } else if (word.equals("-c")) {
          at++;
        } else if (word.startsWith("-") && !word.startsWith("--")) {
          flags.append(word);
        } else if (!word.startsWith("-")) {
          names.add(word);
        }
      }
      return new PostconfOptions(
          flags.indexOf("d") >= 0,
          flags.indexOf("n") >= 0,
          flags.indexOf("x") >= 0,
          flags.indexOf("h") >= 0,
          flags.indexOf("H") >= 0,
          flags.indexOf("f") >= 0,
          overrides,
          names);
    }
  }
}
