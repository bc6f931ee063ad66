package dev.mailservice.maincf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.parameters.RateParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the README shows runs, and prints what it says. */
class ReadmeTest {
  private static final String TEXT =
      """
      compatibility_level = 3.6
      smtpd_timeout = ${stress?{5}:{300}}s
      smtpd_helo_required = yes
      smtpd_hard_error_limit = 20
      smtpd_tiemout = 7
      """;

  private static void example(String text, Consumer<Object> print) {
    // README
    MainCf file = MainCf.parse("main.cf", text);
    Configuration main = KnownParameters.forServer(file, List.of(), "mx.example.org");

    Duration calm = main.calm().get(RateParameters.SMTPD_TIMEOUT);
    Duration stressed = main.stressed().get(RateParameters.SMTPD_TIMEOUT);
    print.accept(calm.compareTo(stressed) > 0);

    main.dependsOnStress("smtpd_timeout").ifPresent(print);
    for (Diagnostic diagnostic : ConfigurationCheck.check(main)) {
      print.accept(diagnostic);
    }
    // README
  }

  @Test
  void the_example_of_the_README_is_this_one() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/mailservice/maincf/ReadmeTest.java"));
    String example = source.split("// README\n", -1)[1].stripIndent().strip();
    assertThat(Files.readString(Path.of("README.md")))
        .contains(
            example
                .replace("print.accept(", "System.out.println(")
                .replace("print)", "System.out::println)"));
  }

  @Test
  void the_example_prints_what_the_README_says() throws IOException {
    var printed = new StringBuilder();
    example(TEXT, it -> printed.append(it).append('\n'));
    assertThat(Files.readString(Path.of("README.md"))).contains(TEXT).contains(printed.toString());
  }

  @Test
  void everything_that_depends_on_stress_can_be_listed() {
    Configuration main =
        KnownParameters.forServer(MainCf.parse("main.cf", TEXT), List.of(), "mx.example.org");
    assertThat(main.dependingOnStress())
        .contains(new StressDependent("smtpd_timeout", "300s", "5s"))
        .extracting(StressDependent::name)
        .contains("smtpd_junk_command_limit")
        .doesNotContain("smtpd_hard_error_limit", "stress");
  }
}
