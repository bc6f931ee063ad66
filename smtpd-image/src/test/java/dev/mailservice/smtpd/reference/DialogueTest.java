package dev.mailservice.smtpd.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * This server answers as the dialogues' files say that Postfix answers. It needs no Postfix; that
 * the files tell the truth is for {@link PostfixDialogueTest}.
 *
 * <p>{@code -Ddialogues=WORDS} plays those only whose title or file has these words; {@code
 * -Ddialogues.notyet} writes the list of those that do not come out yet.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialogueTest {
  private final Playing playing = new Playing();
  private NextHopSink nextHop;
  private DialogueNames names;
  private Logins logins;
  private Map<Dialogue, Future<Transcript>> ours;

  @BeforeAll
  void start() throws IOException {
    nextHop = new NextHopSink();
    names = DialogueNames.onAnyPort();
    logins = Logins.forAny(Selected.dialogues());
    ours =
        playing.start(
            new OurServer(MainCfOfBoth.with(nextHop.address(), logins), names.etc()),
            logins.possible(Selected.dialogues()));
  }

  @AfterAll
  void end() throws IOException {
    playing.close();
    nextHop.close();
    names.close();
    logins.close();
  }

  @TestFactory
  Stream<DynamicTest> this_server_answers_as_the_dialogue_says() {
    Set<String> notYet = NotYet.REPLIES.titles();
    return ours.keySet().stream()
        .filter(it -> Selected.some() || !(NotYet.WRITE || notYet.contains(it.title())))
        .map(it -> DynamicTest.dynamicTest(it.title(), () -> compare(it)));
  }

  private void compare(Dialogue dialogue) {
    Transcript heard = Playing.end(ours.get(dialogue));
    List<String> golden = dialogue.written(dialogue.golden());
    if (dialogue.differs().isPresent()) {
      assertThat(dialogue.written(heard))
          .as("%s: it is said to differ", dialogue.title())
          .isNotEqualTo(golden);
    } else {
      assertThat(dialogue.written(heard)).as(dialogue.title()).containsExactlyElementsOf(golden);
    }
  }

  @Test
  void what_is_not_yet_as_in_Postfix_is_not() {
    var cameOut = new LinkedHashMap<Dialogue, Boolean>();
    ours.forEach(
        (dialogue, heard) ->
            cameOut.put(
                dialogue,
                dialogue.differs().isPresent()
                    || dialogue
                        .written(Playing.end(heard))
                        .equals(dialogue.written(dialogue.golden()))));
    assertThat(NotYet.REPLIES.needless(cameOut))
        .as("come out and stand in not-yet.txt; -Ddialogues.notyet writes it")
        .isEmpty();
  }
}
