package dev.mailservice.maincf.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each {@code ==} in the transcripts starts a case. {@code file} and the lines with a bar after it
 * are a file; {@code table} and {@code list} open what the questions after them are asked; {@code
 * says} is a diagnostic, and all of them must be there.
 */
class TableTranscriptTest {
  private static final Position MAIN_CF = new Position("main.cf", 7, 14);

  @TestFactory
  Stream<DynamicTest> tables_and_lists_answer_as_the_transcripts_say() {
    return Stream.of("fixed", "cidr", "pcre", "regexp", "combined", "lists")
        .flatMap(name -> cases(name + ".txt"))
        .map(
            it ->
                DynamicTest.dynamicTest(
                    it.title(),
                    () -> assertThat(new Transcript().play(it.text())).isEqualTo(it.text())));
  }

  private record Case(String title, String text) {}

  private static Stream<Case> cases(String resource) {
    return Stream.of(read(resource).split("(?m)^== "))
        .skip(1)
        .map(text -> text.split("\n", 2))
        .map(it -> new Case(resource + ": " + it[0], it[1].strip()));
  }

  private static String read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(TableTranscriptTest.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Plays a case and writes down what really happens. */
  private static final class Transcript {
    private final Map<String, String> files = new HashMap<>();
    private final Tables tables =
        new Tables(this::file, TableTranscriptTest::network, new Random(1));
    private final List<String> happened = new ArrayList<>();
    private Function<String, String> asked = key -> "nothing is open";

    String play(String text) {
      String file = "";
      for (String line : text.lines().toList()) {
        if (line.startsWith("file ")) {
          file = line.substring("file ".length());
          files.put(file, "");
          happened.add(line);
        } else if (line.startsWith("|")) {
          files.merge(file, line.substring(Math.min(2, line.length())) + "\n", String::concat);
          happened.add(line);
        } else if (line.startsWith("table ")) {
          happened.add(line);
          table(line.substring("table ".length()));
        } else if (line.startsWith("list ")) {
          happened.add(line);
          list(line.substring("list ".length()));
        } else if (line.startsWith("? ")) {
          String key = line.substring(2).replaceFirst(" *=>.*", "");
          String before = line.substring(0, line.indexOf("=>"));
          happened.add((before + "=> " + asked.apply(key)).stripTrailing());
        } else if (!line.startsWith("says ")) {
          happened.add(line);
        }
      }
      return String.join("\n", happened);
    }

    private String file(String name) throws TableSource.Unreadable {
      String text = files.get(name);
      if (text == null) {
        throw new TableSource.Unreadable("No such file or directory");
      }
      return text.replace("\\xff", "\uFFFD");
    }

    private void table(String reference) {
      Loaded<LookupTable> opened =
          tables.open(TableReference.parse(reference), MAIN_CF, Folding.FIXED);
      say(opened.diagnostics());
      asked =
          key ->
              failing(
                  () ->
                      opened
                          .value()
                          .lookup(key)
                          .map(it -> it.isEmpty() ? "(empty)" : it)
                          .orElse(""));
    }

    private void list(String definition) {
      String[] sides = definition.split(" = ", 2);
      boolean byName = sides[0].startsWith("parent ");
      Loaded<PatternList> parsed =
          PatternList.parse(
              sides[0].replace("parent ", ""),
              sides[1],
              MAIN_CF,
              tables,
              byName ? ParentDomains.BY_NAME : ParentDomains.BY_DOT);
      say(parsed.diagnostics());
      asked = key -> failing(() -> String.valueOf(matches(parsed.value(), key)));
    }

    private static boolean matches(PatternList list, String question) {
      String[] words = question.split(" ");
      return switch (words[0]) {
        case "name" -> list.matchesName(words[1]);
        case "address" -> list.matchesAddress(words[1]);
        case "client" -> list.matchesClient(words[1], words[2]);
        default -> list.matchesString(words[1]);
      };
    }

    private static String failing(Supplier<String> answer) {
      try {
        return answer.get();
      } catch (LookupFailure e) {
        return "fails: " + e.getMessage();
      }
    }

    private void say(List<Diagnostic> diagnostics) {
      happened.addAll(
          diagnostics.stream()
              .map(it -> "says %s %s".formatted(it.severity().name().toLowerCase(Locale.ROOT), it))
              .collect(Collectors.toList()));
    }
  }

  private static LookupTable network(TableReference reference) {
    if (!reference.name().contains(":")) {
      throw new IllegalArgumentException(reference.type() + " wants a server");
    }
    return NetworkTables.unreachable().open(reference);
  }
}
