package dev.mailservice.smtpd.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is said of the dialogues as a whole is so. */
class DifferencesTest {
  private static final Path DOCUMENT = Path.of("../docs/differences.md");

  /** {@code ### Reason}, above what is to be said about it. */
  private static final Pattern REASON = Pattern.compile("(?m)^### (.*)$");

  private final List<Dialogue> dialogues =
      DialogueFile.all().stream().flatMap(it -> it.dialogues().stream()).toList();

  @Test
  void every_difference_that_a_dialogue_shows_is_documented() throws IOException {
    assertThat(documented()).containsAll(shown());
  }

  @Test
  void every_difference_documented_as_shown_by_a_dialogue_is_shown_by_one() throws IOException {
    assertThat(shown()).containsAll(documented());
  }

  @Test
  void every_title_is_that_of_one_dialogue() {
    assertThat(dialogues).extracting(Dialogue::title).doesNotHaveDuplicates();
  }

  @Test
  void what_is_not_yet_logged_as_in_Postfix_are_dialogues() {
    var titles = new ArrayList<String>();
    for (Dialogue dialogue : dialogues) {
      titles.add(dialogue.title());
      dialogue.inOtherMoods().forEach(it -> titles.add(it.title()));
    }
    assertThat(NotYet.LOGS.unknown(titles)).isEmpty();
  }

  @Test
  void what_is_not_yet_answered_as_in_Postfix_does_not_differ_on_purpose() {
    var titles = new ArrayList<String>();
    dialogues.stream()
        .filter(it -> it.differs().isEmpty())
        .forEach(
            dialogue -> {
              titles.add(dialogue.title());
              dialogue.inOtherMoods().forEach(it -> titles.add(it.title()));
            });
    assertThat(NotYet.REPLIES.unknown(titles)).isEmpty();
  }

  @Test
  void every_dialogue_has_been_held_with_Postfix() {
    assertThat(dialogues)
        .allSatisfy(
            it ->
                assertThat(it.golden().heard()).as(it.title()).anyMatch(lines -> !lines.isEmpty()));
  }

  private Set<String> shown() {
    var shown = new HashSet<String>();
    dialogues.forEach(
        it -> {
          it.differs().ifPresent(shown::add);
          it.logsOtherwise().ifPresent(shown::add);
        });
    return shown;
  }

  private static Set<String> documented() throws IOException {
    var documented = new HashSet<String>();
    String text = Files.readString(DOCUMENT);
    String section = text.substring(text.indexOf("## In dialogues"));
    REASON.matcher(section).results().forEach(it -> documented.add(it.group(1)));
    return documented;
  }
}
