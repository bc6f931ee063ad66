package dev.mailservice.e2e.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.Transcript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SinkSessionTest {
  static Stream<Transcript> transcripts() {
    return Transcript.in("sink");
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void answersAsRecorded(Transcript transcript) {
    Ledger ledger = new Ledger(Instant.EPOCH);
    SinkSession session = new SinkSession("sink.example.test", ledger);

    List<String> played = new ArrayList<>();
    addReplies(played, session.greeting());
    for (String line : transcript.marked("C:")) {
      played.add(line.isEmpty() ? "C:" : "C: " + line);
      addReplies(played, session.line(line));
    }
    addEntries(played, ledger.snapshot());

    assertThat(played).isEqualTo(transcript.lines());
  }

  private static void addReplies(List<String> played, String replies) {
    replies.lines().forEach(reply -> played.add("S: " + reply));
  }

  private static void addEntries(List<String> played, Ledger.Snapshot ledger) {
    for (Map.Entry<String, Integer> entry : ledger.messages().entrySet()) {
      played.add("LEDGER: " + entry.getKey() + " " + entry.getValue());
    }
    if (ledger.withoutMessageId() > 0) {
      played.add("LEDGER: " + ledger.withoutMessageId() + " without Message-ID");
    }
  }
}
