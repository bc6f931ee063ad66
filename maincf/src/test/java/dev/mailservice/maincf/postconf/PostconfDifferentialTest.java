package dev.mailservice.maincf.postconf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.DefaultDifference;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.maincf.reference.PostfixReference.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole output of {@code postconf}, beside that of Postfix's own program, for files and options
 * that a seed decides.
 *
 * <p>Left out are parameters whose default here is another, as {@link DefaultDifference} lists, and
 * those whose default is made of such a one.
 */
@BesidePostfix
class PostconfDifferentialTest {
  private static final int CASES = Integer.getInteger("postconf.cases", 600);
  private static final long SEED = Long.getLong("postconf.seed", 20_261_123L);

  private static final int SEGMENTATION_FAULT = 128 + 11;

  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c",
          "strict",
          "lax",
          "smtpd_banner",
          "smtpd_timeout",
          "myhostname",
          "mydomain",
          "smtpd_restriction_classes",
          "smtpd_recipient_restrictions",
          "relayhost",
          "stress",
          "smtpd_reject_footer",
          "mailbox_command",
          "virtual_maps",
          "virtual_alias_maps",
          "process_name",
          "config_directory",
          "compatibility_level",
          "default_privs",
          "mail_name",
          "smtp_per_record_deadline",
          "smtp_per_request_deadline",
          "relay_domains",
          "inet_protocols");

  private static final List<String> TEXTS =
      List.of(
          "x",
          "  two   words ",
          "\n  next line",
          "1",
          "yes",
          "strict, lax",
          "$a",
          "${b}",
          "$(c)",
          "$$",
          "${stress?5}",
          "${stress:6}",
          "${a?{x}:{y}}",
          "${{$a} == {1} ? {one} : {$b}}",
          "${a?$nobody}",
          "$mydomain",
          "${myhostname}",
          "\t",
          "é",
          "\f",
          "#",
          "=",
          ",",
          "\n# no\n\n  z",
          "hash:/etc/x",
          "${{$compatibility_level} <level {2} ? {old} : {new}}",
          "$mail_name",
          "$smtpd_timeout",
          "word-that-is-long-enough-to-make-a-line-fold-after-some-of-them ");

  private static final List<String> MALFORMED =
      List.of("${a", "$", "${}", "${a!b}", "$(a", "${{a} = {b}}", "${stress?{a}b}", "$a$$$");

  private static final List<String> OPTIONS =
      List.of(
          "-n", "-nx", "-nh", "-nH", "-nxh", "-nf", "-nxf", "-x", "", "-H", "-d", "-dx", "-df",
          "-f");

  private static final Set<String> DIFFERENT = new TreeSet<>();

  @TempDir private Path directory;

  private record Case(
      List<String> lines, String option, List<String> overrides, List<String> names) {
    /** With mynetworks, whose default Postfix reckons from the machine and from other values. */
    String file() {
      return "mynetworks = 127.0.0.0/8\n" + String.join("", lines);
    }

    Case without(int line) {
      var fewer = new ArrayList<>(lines);
      fewer.remove(line);
      return new Case(fewer, option, overrides, names);
    }

    List<String> arguments() {
      var arguments = new ArrayList<String>();
      Stream.of(option).filter(it -> !it.isEmpty()).forEach(arguments::add);
      overrides.forEach(it -> arguments.addAll(List.of("-o", it)));
      arguments.addAll(names);
      return arguments;
    }
  }

  @BeforeAll
  static void parameters_with_another_default_are_known() {
    Configuration defaults = KnownParameters.forPostconf(MainCf.empty());
    DefaultDifference.all().stream()
        .filter(it -> !it.onMachine() || it.name().equals("mynetworks") || it.name().contains("_"))
        .map(DefaultDifference::name)
        .forEach(DIFFERENT::add);
    boolean grown = true;
    while (grown) {
      grown =
          DIFFERENT.addAll(
              KnownParameters.names().stream()
                  .filter(it -> defaults.references(it).stream().anyMatch(DIFFERENT::contains))
                  .toList());
    }
    DIFFERENT.removeAll(NAMES);
  }

  @Test
  void the_output_for_any_file_and_any_options_is_that_of_Postfix(PostfixReference postfix)
      throws Exception {
    assertThat(postfix.ask(directory, "", "postconf", List.of("-dh", "mail_version")).out())
        .as("the defaults are compared with those of Postfix 3.7")
        .startsWith("3.7.");
    var random = new Random(SEED);
    List<Case> drawn = Stream.generate(() -> draw(random)).limit(CASES).toList();
    var differing = new ConcurrentSkipListSet<Integer>();
    // Postfix sleeps a second before it gives up, so that many may be asked at once.
    try (var executor = Executors.newFixedThreadPool(8)) {
      for (int at = 0; at < CASES; at++) {
        int number = at;
        executor.submit(
            () -> {
              if (differing.isEmpty() && difference(postfix, drawn.get(number)).isPresent()) {
                differing.add(number);
              }
              return number;
            });
      }
    }
    if (!differing.isEmpty()) {
      Case smallest = smallest(postfix, drawn.get(differing.first()));
      String difference = difference(postfix, smallest).orElse("none when run again");
      assertThat(difference)
          .as(
              "case %d of seed %d: postconf %s\nmain.cf:\n%s",
              differing.first(), SEED, smallest.arguments(), smallest.file())
          .isEmpty();
    }
  }

  private static Case draw(Random random) {
    boolean malformed = random.nextInt(50) == 0;
    var lines = new ArrayList<String>();
    for (int line = random.nextInt(12); line > 0; line--) {
      var value = new StringBuilder();
      for (int part = random.nextInt(5); part > 0; part--) {
        value.append(
            malformed && random.nextInt(12) == 0 ? pick(MALFORMED, random) : pick(TEXTS, random));
      }
      lines.add(pick(NAMES, random) + pick(List.of("=", " = ", "  =\t"), random) + value + "\n");
    }
    if (random.nextInt(300) == 0) {
      lines.add("nonsense\n");
    }
    String option = pick(OPTIONS, random);
    var overrides = new ArrayList<String>();
    while (!option.contains("d") && random.nextInt(4) == 0) {
      overrides.add(pick(NAMES, random) + "=" + pick(TEXTS, random).strip().replace('é', 'e'));
    }
    var names = new ArrayList<String>();
    while (random.nextInt(3) == 0) {
      names.add(pick(NAMES, random));
    }
    return new Case(lines, option, overrides, names);
  }

  private static String pick(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Case smallest(PostfixReference postfix, Case failing) throws Exception {
    Case smallest = failing;
    for (int line = 0; line < smallest.lines().size(); ) {
      Case smaller = smallest.without(line);
      if (difference(postfix, smaller).isPresent()) {
        smallest = smaller;
      } else {
        line++;
      }
    }
    return smallest;
  }

  private record Ended(int status, String lines, List<String> messages) {}

  private Optional<String> difference(PostfixReference postfix, Case drawn) throws Exception {
    Path own = Files.createTempDirectory(directory, "case");
    Ended reference = run(postfix, own, drawn.arguments(), drawn.file());
    Ended ours = ours(own, drawn);
    if (reference.status() == SEGMENTATION_FAULT) {
      // Nothing bounds a comparison within itself there.
      return ours.status() == 1 ? Optional.empty() : Optional.of("ours: " + ours);
    }
    if (reference.status() != ours.status()) {
      return Optional.of("status: " + reference + "\nours: " + ours);
    }
    if (reference.status() != 0) {
      String why = reference.messages().getLast();
      return withoutPlace(ours.messages().getLast()).startsWith(withoutPlace(why))
          ? Optional.empty()
          : Optional.of("reason: " + why + "\nours: " + ours.messages().getLast());
    }
    boolean all = drawn.names().isEmpty() && !drawn.option().contains("n");
    String expected = all ? comparable(reference.lines()) : reference.lines();
    String actual = all ? comparable(ours.lines()) : ours.lines();
    if (!expected.equals(actual)) {
      return Optional.of("output: " + firstDifference(expected, actual));
    }
    boolean malformed =
        Stream.of(reference, ours)
            .flatMap(it -> it.messages().stream())
            .anyMatch(it -> it.contains("\""));
    Set<String> expectedWarnings = comparable(reference.messages(), malformed);
    Set<String> actualWarnings = comparable(ours.messages(), malformed);
    return expectedWarnings.equals(actualWarnings)
        ? Optional.empty()
        : Optional.of("warnings: " + expectedWarnings + "\nours: " + actualWarnings);
  }

  private static String firstDifference(String expected, String actual) {
    List<String> theirs = expected.lines().toList();
    List<String> ours = actual.lines().toList();
    for (int at = 0; at < Math.max(theirs.size(), ours.size()); at++) {
      String their = at < theirs.size() ? theirs.get(at) : "(end)";
      String our = at < ours.size() ? ours.get(at) : "(end)";
      if (!their.equals(our)) {
        return "Postfix: " + their + "\nours:    " + our;
      }
    }
    return "line ends";
  }

  /** Without the parameters whose defaults differ, and their folded lines. */
  private static String comparable(String output) {
    var kept = new StringBuilder();
    boolean keep = true;
    for (String line : output.lines().toList()) {
      if (!line.startsWith("    ")) {
        String name = line.contains(" =") ? line.substring(0, line.indexOf(" =")) : line;
        keep = !DIFFERENT.contains(name);
      }
      if (keep) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }

  /** Without columns, advice and what the reference says of the insides of malformed values. */
  private static Set<String> comparable(List<String> messages, boolean malformed) {
    return messages.stream()
        .map(PostconfDifferentialTest::withoutPlace)
        .map(it -> it.replaceFirst("(overriding earlier entry: .*) \\(line \\d+\\)$", "$1"))
        .filter(it -> it.contains("parameter") || it.contains("overriding"))
        // Here the last of several lines is named, there the first.
        .filter(it -> !it.contains("overriding earlier entry: config_directory="))
        // Postfix reads no further in a malformed value.
        .filter(it -> !malformed || it.contains("overriding") || it.contains("unknown"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Postfix names the line where a logical line begins, and this library where the value does. */
  private static String withoutPlace(String message) {
    return message.replaceFirst(", line \\d+(, column \\d+)?:", ":");
  }

  private static Ended ours(Path directory, Case drawn) throws IOException {
    String option = drawn.option();
    var options =
        new PostconfOptions(
            option.contains("d"),
            option.contains("n"),
            option.contains("x"),
            option.contains("h"),
            option.contains("H"),
            option.contains("f"),
            drawn.overrides(),
            drawn.names());
    Postconf.Printed printed =
        Postconf.print(
            options,
            new Postconf.Source(directory.toString(), true, drawn.file()),
            new Postconf.Machine(
                Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(), 0));
    return new Ended(
        printed.status(),
        printed.lines().stream().map(it -> it + "\n").collect(Collectors.joining()),
        printed.messages());
  }

  private static Ended run(
      PostfixReference postfix, Path directory, List<String> arguments, String file) {
    postfix.configuration(directory, file);
    Said said = postfix.run(directory, "postconf", arguments);
    // The program calls itself what it was called by.
    List<String> messages =
        said.err().lines().map(it -> it.replaceFirst("^/\\S*/postconf: ", "postconf: ")).toList();
    return new Ended(said.status(), said.out(), messages);
  }
}
