package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.JsonReport;
import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class E2eTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "flood 127.0.0.1 | '127.0.0.1' is not ADDRESS:PORT",
        "flood 127.0.0.1:25 --hogs -1 | --hogs must be 0 or more",
        "flood 127.0.0.1:25 --good 0 | --good must be more than 0",
        "flood 127.0.0.1:25 --kind slow | expected one of [IDLE, EHLO, DRIP, JUNK, REJECTED, MIX]",
        "flood 127.0.0.1:25 --addresses 3 | --addresses needs --source-prefix",
        "flood 127.0.0.1:25 --source-prefix 10.0.0.1/8 | wanted is 10.0.0.0/8",
        "flood | Missing required parameter: 'ADDRESS:PORT'",
        "sink --listen 25 | '25' is not ADDRESS:PORT",
        "bench smtpd speed-of-light | no section 'speed-of-light': --list lists them",
        "bench smtpd --runs 0 | --runs must be 1 or more"
      })
  void wrongArgumentsAreOneClearMessage(String arguments, String message) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains(message));
  }

  @Test
  void aPortInUseIsOneClearMessage() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("sink --http 127.0.0.1:0 --listen 127.0.0.1:" + taken.getLocalPort()))
          .isEqualTo(1);
    }
    assertThat(err.toString()).contains("sink: cannot listen on 127.0.0.1:").contains("in use");
  }

  @Test
  void aFloodAgainstASinkEndsInASummaryAsJson() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (SinkServer sink = SinkServer.start(anyPort, "sink", new Ledger(Instant.EPOCH))) {
      int status =
          run(
              "flood --json --calm 0 --seconds 1 --after 0 --good 20 --hogs 2 127.0.0.1:"
                  + sink.address().getPort());

      assertThat(status).isZero();
    }
    List<FloodEvent> events = out.toString().lines().map(JsonReport::parse).toList();
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            FloodEvent.Summary.class, summary -> assertThat(summary.total().share()).isEqualTo(1));
  }

  private int run(String arguments) {
    CommandLine commandLine = E2e.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments.split(" "));
  }
}
