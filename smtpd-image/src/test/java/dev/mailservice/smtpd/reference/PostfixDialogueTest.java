package dev.mailservice.smtpd.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What the dialogues' files say that Postfix answers, it answers. With {@code -Ddialogues.write}
 * the files are written anew by it, to be read.
 */
@BesidePostfix
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostfixDialogueTest {
  private final Playing playing = new Playing();
  private NextHopSink nextHop;
  private RunningPostfix postfix;
  private Map<Dialogue, Future<Transcript>> theirs;

  @BeforeAll
  void start(PostfixReference reference) throws IOException {
    assumeTrue(
        "true".equals(System.getenv("CI")) || isRoot(),
        "Postfix's master can only be started by root");
    List<Dialogue> dialogues = Selected.dialogues();
    nextHop = new NextHopSink();
    postfix =
        RunningPostfix.start(
            reference,
            MainCfOfBoth.with(nextHop.address()),
            dialogues.stream().map(Dialogue::options).toList());
    theirs = playing.start(postfix, dialogues);
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  @AfterAll
  void end() throws IOException {
    playing.close();
    if (postfix != null) {
      postfix.close();
    }
    if (nextHop != null) {
      nextHop.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> Postfix_answers_as_the_dialogue_says() {
    if (Boolean.getBoolean("dialogues.write")) {
      write();
    }
    return theirs.keySet().stream()
        .map(it -> DynamicTest.dynamicTest(it.title(), () -> compare(it)));
  }

  private void compare(Dialogue dialogue) {
    Transcript heard = Playing.end(theirs.get(dialogue));
    assertThat(heard.heardSilence()).as("a reply is due that never comes: %s", heard).isFalse();
    if (!Boolean.getBoolean("dialogues.write")) {
      assertThat(dialogue.written(heard))
          .containsExactlyElementsOf(dialogue.written(dialogue.golden()));
    }
  }

  private void write() {
    for (DialogueFile file : Selected.files()) {
      file.write(it -> theirs.containsKey(it) ? Playing.end(theirs.get(it)) : it.golden());
    }
    postfix.log().stream()
        .filter(
            it ->
                it.matches(".*(warning|error|fatal|panic): (?!Illegal address|valid_|non-SMTP).*"))
        .map(it -> it.replaceFirst("^.*?: ", ""))
        .distinct()
        .forEach(it -> System.out.println("Postfix: " + it));
  }
}
