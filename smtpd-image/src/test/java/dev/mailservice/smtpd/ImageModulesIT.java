package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image's Java has the modules that its jars ask for, and no other. */
class ImageModulesIT {
  private static final Path APP = Path.of("target/app");
  private static final Path RELEASE = Path.of("target/image-root/opt/java/release");
  private static final Pattern NEEDED = Pattern.compile("-> (java\\.\\S+|jdk\\.\\S+)");

  /**
   * What dnsjava would look for name servers with, and speak DNS over HTTPS by; this server tells
   * it its name servers, and speaks plain DNS.
   */
  private static final Set<String> UNUSED = Set.of("java.naming", "java.net.http");

  @Test
  void it_has_the_modules_that_its_jars_need_and_no_other() throws IOException {
    Set<String> needed = needed();
    assertThat(needed).containsAll(UNUSED);
    needed.removeAll(UNUSED);
    assertThat(modules()).isEqualTo(needed);
  }

  private static Set<String> needed() throws IOException {
    var said = new StringWriter();
    var writer = new PrintWriter(said);
    Stream<String> options =
        Stream.of(
            "-s",
            "--multi-release",
            "25",
            "--ignore-missing-deps",
            "--module-path",
            APP.resolve("libs").toString());
    int status;
    try (Stream<Path> files = Files.walk(APP)) {
      Stream<String> jars = files.map(Path::toString).filter(it -> it.endsWith(".jar"));
      status =
          ToolProvider.findFirst("jdeps")
              .orElseThrow()
              .run(writer, writer, Stream.concat(options, jars).toArray(String[]::new));
    }
    assertThat(status).as(said.toString()).isZero();
    return NEEDED
        .matcher(said.toString())
        .results()
        .map((MatchResult it) -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> modules() throws IOException {
    var release = new Properties();
    try (InputStream in = Files.newInputStream(RELEASE)) {
      release.load(in);
    }
    return new TreeSet<>(List.of(release.getProperty("MODULES").replace("\"", "").split(" ")));
  }
}
