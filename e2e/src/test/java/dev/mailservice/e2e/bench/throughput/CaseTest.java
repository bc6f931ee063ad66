package dev.mailservice.e2e.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.load.Sessions;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseTest {
  @Test
  void aCaseSaysWhatItIs() {
    assertThat(
            List.of(
                    new Case(2, 1, Sessions.ONE_MESSAGE_EACH, true),
                    new Case(200, 20, Sessions.KEPT, false))
                .stream()
                .map(Case::words))
        .containsExactly(
            "2 KB, 1 client, a session per message, TLS", "200 KB, 20 clients, kept sessions");
  }

  @Test
  void aFullRunHasAllThatWasPromised() {
    assertThat(Throughput.cases(false))
        .hasSize(18)
        .doesNotHaveDuplicates()
        .contains(
            new Case(2, 1, Sessions.ONE_MESSAGE_EACH, false),
            new Case(200, 100, Sessions.KEPT, false),
            new Case(200, 100, Sessions.ONE_MESSAGE_EACH, true));
    assertThat(Throughput.cases(false)).containsAll(Throughput.cases(true));
  }
}
