package dev.mailservice.smtpd.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.smtpd.Root;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
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
 * What the dialogues' files say that Postfix answers, it answers; and where nothing is written,
 * because another client holds the dialogue or the server is under stress, both servers answer
 * alike. Of every dialogue both log the same. With {@code -Ddialogues.write} the files are written
 * anew, to be read.
 */
@BesidePostfix
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostfixDialogueTest {
  private static final boolean WRITE = Boolean.getBoolean("dialogues.write");

  /** More than are played at once, so that a dialogue's process is free when it comes again. */
  private static final int IN_A_ROW = 2 * Playing.AT_ONCE;

  private final Playing playing = new Playing();
  private NextHopSink nextHop;
  private DialogueNames names;
  private Logins logins;
  private RunningPostfix postfix;
  private Map<Dialogue, Future<Transcript>> theirs;
  private Map<Dialogue, Future<Transcript>> ours;
  private Map<Dialogue, Future<Transcript>> theirsInOtherMoods;
  private Map<Dialogue, Future<Transcript>> oursInOtherMoods;

  @BeforeAll
  void start(PostfixReference reference) throws IOException {
    Root.assumed("Postfix's master can only be started by root");
    List<Dialogue> written = Selected.dialogues();
    List<Dialogue> moods = WRITE ? List.of() : inOtherMoods(written);
    nextHop = new NextHopSink();
    names = DialogueNames.forPostfix();
    logins = Logins.forAny(written);
    String mainCf = MainCfOfBoth.with(nextHop.address(), logins);
    postfix =
        RunningPostfix.start(
            reference,
            mainCf,
            names.etc(),
            Stream.concat(written.stream(), moods.stream()).map(Dialogue::options).toList());
    var thisServer = new OurServer(mainCf, names.etc());
    playTheirs(written, moods);
    ours = playing.start(thisServer, WRITE ? List.of() : heldByBoth(written));
    oursInOtherMoods = playing.start(thisServer, moods);
  }

  /**
   * A few dialogues by all clients, then the next few: a process of Postfix's waits for another
   * client only so long.
   */
  private void playTheirs(List<Dialogue> written, List<Dialogue> moods) {
    Set<Dialogue> wanted = new HashSet<>(moods);
    theirs = new LinkedHashMap<>();
    theirsInOtherMoods = new LinkedHashMap<>();
    for (int start = 0; start < written.size(); start += IN_A_ROW) {
      List<Dialogue> row = written.subList(start, Math.min(start + IN_A_ROW, written.size()));
      theirs.putAll(playing.start(postfix, row));
      theirsInOtherMoods.putAll(
          playing.start(
              postfix,
              row.stream()
                  .flatMap(it -> it.inOtherMoods().stream())
                  .filter(wanted::contains)
                  .sorted(
                      Comparator.comparing(Dialogue::isStressed)
                          .thenComparing(it -> it.client().word()))
                  .toList()));
    }
  }

  private static List<Dialogue> inOtherMoods(List<Dialogue> dialogues) {
    return heldByBoth(dialogues).stream().flatMap(it -> it.inOtherMoods().stream()).toList();
  }

  private static List<Dialogue> heldByBoth(List<Dialogue> dialogues) {
    Set<String> notYet = NotYet.REPLIES.titles();
    return dialogues.stream()
        .filter(it -> it.differs().isEmpty())
        .filter(it -> Selected.some() || !notYet.contains(it.title()))
        .toList();
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
    if (names != null) {
      names.close();
    }
    if (logins != null) {
      logins.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> Postfix_answers_as_the_dialogue_says() {
    if (WRITE) {
      write();
    }
    return theirs.keySet().stream()
        .map(it -> DynamicTest.dynamicTest(it.title(), () -> beWritten(it)));
  }

  private void beWritten(Dialogue dialogue) {
    Transcript heard = Playing.end(theirs.get(dialogue));
    assertThat(heard.heardSilence()).as("a reply is due that never comes: %s", heard).isFalse();
    if (!WRITE) {
      assertThat(dialogue.written(heard))
          .containsExactlyElementsOf(dialogue.written(dialogue.golden()));
    }
  }

  @TestFactory
  Stream<DynamicTest> both_answer_alike_in_every_other_mood() {
    Set<String> notYet = NotYet.REPLIES.titles();
    return oursInOtherMoods.keySet().stream()
        .filter(it -> Selected.some() || !(NotYet.WRITE || notYet.contains(it.title())))
        .map(it -> DynamicTest.dynamicTest(it.title(), () -> beAlike(it)));
  }

  private void beAlike(Dialogue dialogue) {
    assertThat(dialogue.written(Playing.end(oursInOtherMoods.get(dialogue))))
        .as(dialogue.title())
        .containsExactlyElementsOf(dialogue.written(Playing.end(theirsInOtherMoods.get(dialogue))));
  }

  @Test
  void what_is_not_yet_alike_in_other_moods_is_not() {
    var alike = new LinkedHashMap<Dialogue, Boolean>();
    oursInOtherMoods.forEach(
        (dialogue, heard) ->
            alike.put(
                dialogue,
                dialogue
                    .written(Playing.end(heard))
                    .equals(dialogue.written(Playing.end(theirsInOtherMoods.get(dialogue))))));
    assertThat(NotYet.REPLIES.needless(alike))
        .as("come out and stand in not-yet.txt; -Ddialogues.notyet writes it")
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> both_log_alike() {
    Set<String> notYet = NotYet.LOGS.titles();
    return comparedLogs()
        .filter(it -> it.logsOtherwise().isEmpty() || ours.containsKey(it))
        .filter(it -> Selected.some() || !(NotYet.WRITE || notYet.contains(it.title())))
        .map(it -> DynamicTest.dynamicTest(it.title(), () -> logAlike(it)));
  }

  private void logAlike(Dialogue dialogue) {
    List<String> logged = log(dialogue, ours, oursInOtherMoods);
    List<String> reference = log(dialogue, theirs, theirsInOtherMoods);
    if (dialogue.logsOtherwise().isPresent()) {
      assertThat(logged).as("%s: it is said to differ", dialogue.title()).isNotEqualTo(reference);
    } else {
      assertThat(logged).as(dialogue.title()).containsExactlyElementsOf(reference);
    }
  }

  @Test
  void what_is_not_yet_logged_alike_is_not() {
    var alike = new LinkedHashMap<Dialogue, Boolean>();
    comparedLogs()
        .filter(it -> it.logsOtherwise().isEmpty())
        .forEach(
            it ->
                alike.put(
                    it,
                    log(it, ours, oursInOtherMoods).equals(log(it, theirs, theirsInOtherMoods))));
    assertThat(NotYet.LOGS.needless(alike))
        .as("are logged alike and stand in log-not-yet.txt; -Ddialogues.notyet writes it")
        .isEmpty();
  }

  /** Of a dialogue in which the replies are not the same the log cannot be, either. */
  private Stream<Dialogue> comparedLogs() {
    Set<String> otherReplies = NotYet.REPLIES.titles();
    return Stream.concat(ours.keySet().stream(), oursInOtherMoods.keySet().stream())
        .filter(it -> !otherReplies.contains(it.title()));
  }

  private static List<String> log(
      Dialogue dialogue,
      Map<Dialogue, Future<Transcript>> written,
      Map<Dialogue, Future<Transcript>> inOtherMoods) {
    Future<Transcript> playing = written.get(dialogue);
    return Playing.end(playing == null ? inOtherMoods.get(dialogue) : playing).logged();
  }

  private void write() {
    for (DialogueFile file : Selected.files()) {
      file.write(it -> theirs.containsKey(it) ? Playing.end(theirs.get(it)) : it.golden());
    }
    postfix.log().stream()
        .filter(it -> it.matches(".*(warning|error|fatal|panic): (?!Illegal address|valid_).*"))
        .map(it -> it.replaceFirst("^.*?: ", ""))
        .distinct()
        .forEach(it -> System.out.println("Postfix: " + it));
  }
}
