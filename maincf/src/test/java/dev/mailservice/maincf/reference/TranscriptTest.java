package dev.mailservice.maincf.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code expansion.txt} documents is what Postfix says. */
@BesidePostfix
class TranscriptTest {
  private static final List<String> DEFINED =
      List.of(
          "unexpanded = $empty",
          "set = value",
          "empty =",
          "ten = 10",
          "nine = 9",
          "circle = $circle");

  @TempDir Path folder;

  @Test
  void every_line_of_the_transcript_is_what_postconf_says(PostfixReference postfix)
      throws IOException {
    Queue<String> differences = new ConcurrentLinkedQueue<>();
    InParallel.each(cases(), one -> compare(postfix, one, differences));
    assertThat(differences).isEmpty();
  }

  private void compare(PostfixReference postfix, Case one, Queue<String> differences) {
    var theirs =
        postfix.ask(
            folder,
            one.file(),
            "postconf",
            List.of("-o", one.options().getFirst(), "-xh", one.asked()));
    Answer.to(one)
        .differsFrom(theirs)
        .ifPresent(what -> differences.add("%s\n%s\n%s".formatted(one, what, theirs)));
  }

  private static List<Case> cases() throws IOException {
    var cases = new ArrayList<Case>();
    for (String line : lines()) {
      var file = new ArrayList<>(DEFINED);
      file.add("v = " + line.split("=>(?=[^=]*$)|=> ", 2)[0].strip());
      file.add("smtpd_restriction_classes = v");
      cases.add(new Case(file, List.of("stress="), "v"));
      cases.add(new Case(file, List.of("stress=yes"), "v"));
    }
    return cases;
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            TranscriptTest.class.getResourceAsStream("/dev/mailservice/maincf/expansion.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
