package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void the_operators_command_line_is_read_without_picocli() {
    assertThat(
            PlainArguments.read(
                "-c",
                "/etc/mailservice",
                "--listen",
                "[::]:2525",
                "--admin",
                "[::]:8080",
                "--drain-timeout",
                "30s",
                "-o",
                "default_process_limit=100",
                "-o",
                "stress="))
        .isPresent();
  }

  @Test
  void what_is_not_given_is_as_the_help_says() throws Exception {
    assertThat(Options.parse())
        .isEqualTo(
            new Options(
                Path.of("/etc/postfix"),
                List.of(),
                new InetSocketAddress("::", 2525),
                new InetSocketAddress("127.0.0.1", 8080),
                Duration.ofSeconds(30)));
    assertThat(Options.usage())
        .contains("/etc/postfix", "[::]:2525", "127.0.0.1:8080")
        .containsPattern("default:\\s+30s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --config-directory=/etc/mail --listen=[::1]:25
          --config-directory /etc/mail --listen [::1]:25
          -c=/etc/mail --listen [::1]:25
          -c/etc/mail --listen=[::1]:25
          -c /etc/mail --listen [::1]:25
          """)
  void an_option_may_be_written_in_each_of_these_ways(String line) throws Exception {
    Options options = Options.parse(line.split(" "));
    assertThat(options.configDirectory()).isEqualTo(Path.of("/etc/mail"));
    assertThat(options.listen()).isEqualTo(new InetSocketAddress("::1", 25));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --fast                    | Unknown option: '--fast'
          --listen                  | Missing required parameter for option '--listen' (ADDRESS:PORT)
          --listen x                | Invalid value for option '--listen': "x" is no address and port, want for example [::]:2525
          --drain-timeout x         | Invalid value for option '--drain-timeout': parameter --drain-timeout: bad time value or unit: x, want: a number and one of s m h d w
          --listen [::]:1 --listen [::]:2 | option '--listen' (ADDRESS:PORT) should be specified only once
          """)
  void one_that_cannot_be_understood_is_refused_with_the_reason(String line, String reason) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(Options.Refused.class)
        .hasMessageContaining(reason);
  }

  /** What is read in a hurry is what picocli reads of it. */
  @Property
  void plain_command_lines_mean_what_they_mean_to_picocli(@ForAll("lines") List<String> line)
      throws Options.Refused {
    Optional<Options.Given> plain = PlainArguments.read(line.toArray(String[]::new));
    Statistics.label("plain").collect(plain.isPresent());
    Statistics.label("plain").coverage(it -> it.check(true).percentage(share -> share > 10));
    if (plain.isPresent()) {
      assertThat(plain.get().values().keySet()).isSubsetOf(Options.DEFAULTS.keySet());
      assertThat(OptionGrammar.read(line.toArray(String[]::new))).isEqualTo(plain.get());
    }
  }

  @Provide
  Arbitrary<List<String>> lines() {
    Arbitrary<String> names =
        Arbitraries.of("-c", "-o", "--listen", "--admin", "--drain-timeout", "--help", "-h");
    Arbitrary<List<String>> pairs =
        names.flatMap(name -> valuesOf(name).map(value -> List.of(name, value)));
    return pairs
        .list()
        .ofMaxSize(4)
        .map(
            it -> {
              var line = new ArrayList<String>();
              it.forEach(line::addAll);
              return line;
            });
  }

  private static Arbitrary<String> valuesOf(String name) {
    return switch (name) {
      case "--listen", "--admin" -> Arbitraries.of("[::]:2525", "127.0.0.1:0", "@x", "-o");
      case "--drain-timeout" -> Arbitraries.of("30s", "1", "2m", "", "--help");
      default ->
          Arbitraries.oneOf(
              Arbitraries.strings().withChars("aZ9-@=/[]{}$\\\"'#, \t\n").ofMaxLength(8),
              Arbitraries.of(
                  "stress=",
                  "smtpd_timeout=${stress?5}${stress:300}",
                  "a=\"b\"",
                  "--",
                  "--listen"));
    };
  }
}
