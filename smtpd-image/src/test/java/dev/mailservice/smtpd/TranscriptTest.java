package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file in {@code transcripts} is a dialogue with the real server: {@code C:} what the client
 * says, {@code S:} every line that the server says, {@code -o} an option before the first of them.
 */
class TranscriptTest {
  @TestFactory
  Stream<DynamicTest> the_server_answers_as_the_transcript_says()
      throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(TranscriptTest.class.getResource("transcripts")).toURI());
    return Files.list(folder)
        .sorted()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> replay(file)));
  }

  private static void replay(Path file) throws Exception {
    List<String> script =
        Files.readAllLines(file).stream().filter(it -> it.matches("(C:|S:|-o).*")).toList();
    String[] options =
        script.stream()
            .filter(it -> it.startsWith("-o"))
            .map(it -> it.substring(2).strip())
            .toArray(String[]::new);
    var said = new ArrayList<String>(script.stream().filter(it -> it.startsWith("-o")).toList());
    try (var nextHop = new TestNextHop();
        TestServer server = TestServer.start(nextHop, options);
        TestClient client = server.connect()) {
      for (String line : script) {
        if (line.startsWith("C:")) {
          client.send((line.length() > 3 ? line.substring(3) : "") + "\r\n");
          said.add(line);
        } else if (line.startsWith("S:") && isLastLineOfReply(line)) {
          client.reply().forEach(it -> said.add("S: " + it));
        }
      }
    }
    assertThat(said).containsExactlyElementsOf(script);
  }

  private static boolean isLastLineOfReply(String line) {
    return line.length() < 7 || line.charAt(6) != '-';
  }
}
