package dev.mailservice.smtpd.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/logs.md} are what the declarations' comments say. */
class LogReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "logs.md");
  private static final Path SOURCES = Path.of("src", "main", "java", "dev/mailservice/smtpd/log");
  private static final String WRITE =
      "./mvnw -q -pl maincf,smtpd-image test -Dtest=LogReferenceTest -Dlogs.write"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private static final Pattern CONSTANT =
      Pattern.compile("/\\*\\*\\s(?<comment>[^/]+?)\\s\\*/\\s+(?<name>[A-Z_]+)[,;]");

  @Test
  void the_page_has_a_row_for_each_field_and_event() throws IOException {
    String page = Files.readString(PAGE, StandardCharsets.UTF_8);
    String wanted =
        with(
            with(page, "fields", "field", comments("LogField", names(LogField.values()))),
            "events",
            "event",
            comments("LogEvent", names(LogEvent.values())));
    if (System.getProperty("logs.write") != null) {
      Files.writeString(PAGE, wanted, StandardCharsets.UTF_8);
    }
    assertThat(Files.readString(PAGE, StandardCharsets.UTF_8))
        .as("docs/logs.md is out of date; write its tables anew: " + WRITE)
        .isEqualTo(wanted);
  }

  private static List<String> names(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).toList();
  }

  /** The comment of each constant. */
  private static Map<String, String> comments(String type, List<String> constants)
      throws IOException {
    var comments = new LinkedHashMap<String, String>();
    Matcher declarations =
        CONSTANT.matcher(Files.readString(SOURCES.resolve(type + ".java"), StandardCharsets.UTF_8));
    while (declarations.find()) {
      comments.put(declarations.group("name"), asMarkdown(declarations.group("comment")));
    }
    assertThat(comments.keySet()).containsExactlyElementsOf(constants);
    return comments;
  }

  private static String asMarkdown(String comment) {
    return comment
        .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replaceFirst("\\.$", "");
  }

  /** The page with this table between the marks that name it. */
  private static String with(
      String page, String mark, String heading, Map<String, String> comments) {
    String begin = "<!-- %s: written by LogReferenceTest -->\n".formatted(mark);
    String end = "<!-- end of %s -->".formatted(mark);
    assertThat(page).containsOnlyOnce(begin).containsOnlyOnce(end);
    String rows =
        comments.entrySet().stream().map(LogReferenceTest::row).collect(Collectors.joining());
    return page.substring(0, page.indexOf(begin) + begin.length())
        + "\n| %s | is |\n|---|---|\n%s\n".formatted(heading, rows)
        + page.substring(page.indexOf(end));
  }

  private static String row(Entry<String, String> constant) {
    return "| `%s` | %s |\n"
        .formatted(constant.getKey().toLowerCase(Locale.ROOT), constant.getValue());
  }
}
