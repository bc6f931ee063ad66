package dev.mailservice.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.api.MailServiceStatus;
import dev.mailservice.operator.api.SchemaDefaults;
import dev.mailservice.operator.cluster.Fleet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code in-NAME.yaml}, a MailService with the status that holds its target, makes exactly
 * what {@code out-NAME.yaml} says. With {@code -Dgolden.write} the latter are written.
 */
class GoldenFolderTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final String REWRITE =
      "./mvnw -pl operator -am test -Dtest=GoldenFolderTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dgolden.write";

  static Stream<String> cases() throws IOException {
    return names("in-").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void resources_are_as_written_down(String name) throws IOException {
    Path expected = FOLDER.resolve("out-" + name);
    String rendered = render(FOLDER.resolve("in-" + name));
    if (System.getProperty("golden.write") != null) {
      Files.writeString(expected, rendered);
    }
    assertThat(expected).as("if the change is meant: %s", REWRITE).content().isEqualTo(rendered);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rendering_twice_gives_the_same(String name) throws IOException {
    Path in = FOLDER.resolve("in-" + name);
    assertThat(render(in)).isEqualTo(render(in));
  }

  @Test
  void no_file_is_unused() throws IOException {
    assertThat(names("out-")).isEqualTo(names("in-")).isNotEmpty();
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(file -> file.matches("(in|out)-.*\\.yaml"));
    }
  }

  private static String render(Path in) throws IOException {
    MailService mailService = SchemaDefaults.read(Files.readString(in));
    MailServiceStatus status = mailService.getStatus();
    if (status == null || status.desiredReplicas() == null || status.stress() == null) {
      return fail("%s needs status.desiredReplicas and status.stress: they are the target", in);
    }
    var target = new Target(status.desiredReplicas(), status.stress().active());
    return new Rendering("mailservice/smtpd:test")
        .render(mailService, true, target, Fleet.NONE).inOrder().stream()
            .map(Serialization::asYaml)
            .collect(Collectors.joining());
  }

  private static Set<String> names(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith(prefix))
          .map(file -> file.substring(prefix.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
