package dev.mailservice.smtpd.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueuedOutputTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CountDownLatch readerStarts = new CountDownLatch(1);

  /** A pipe whose reader does not read yet. */
  private final OutputStream stalled =
      new OutputStream() {
        @Override
        public void write(int c) throws IOException {
          write(new byte[] {(byte) c}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          try {
            readerStarts.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          synchronized (read) {
            read.write(bytes, from, length);
          }
        }
      };

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private String text() {
    synchronized (read) {
      return read.toString(StandardCharsets.UTF_8);
    }
  }

  private static QueuedOutput output(OutputStream out, int capacity) {
    return new QueuedOutput(out, capacity, missing -> line(missing + " missing"));
  }

  @Test
  void lines_come_out_whole_and_in_order() throws Exception {
    readerStarts.countDown();
    try (QueuedOutput output = output(stalled, 1_000_000)) {
      IntStream.range(0, 10_000).forEach(i -> output.write(line("line " + i)));
      output.flush(LONG);
      assertThat(text().lines())
          .containsExactlyElementsOf(
              IntStream.range(0, 10_000).mapToObj(i -> "line " + i).toList());
      assertThat(output.dropped()).isZero();
    }
  }

  @Test
  void nobody_waits_for_a_reader_that_stalls_and_it_is_told_what_it_has_missed() throws Exception {
    try (QueuedOutput output = output(stalled, 20)) {
      output.write(line("begun"));
      // The writer has it in its hands and waits, so that the queue is empty again.
      await().until(() -> !output.isWaiting());
      IntStream.range(0, 7).forEach(i -> output.write(line("line " + i)));
      assertThat(output.dropped()).isEqualTo(5);
      readerStarts.countDown();
      await().until(() -> text().endsWith("line 1\n"));
      output.write(line("after"));
      output.flush(LONG);
      assertThat(text()).isEqualTo("begun\nline 0\nline 1\n5 missing\nafter\n");
    }
  }

  @Test
  void the_end_tells_what_is_missing_too_and_waits_no_longer_than_it_may() throws Exception {
    try (QueuedOutput output = output(stalled, 10)) {
      output.write(line("begun"));
      await().until(() -> !output.isWaiting());
      output.write(line("line 0"));
      output.write(line("line 1"));
      output.flush(Duration.ofMillis(1));
      assertThat(text()).isEmpty();
      readerStarts.countDown();
      output.flush(LONG);
      assertThat(text()).isEqualTo("begun\nline 0\n1 missing\n");
    }
  }

  @Test
  void a_reader_that_is_gone_costs_lines_and_nothing_else() {
    var gone =
        new OutputStream() {
          @Override
          public void write(int c) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    try (QueuedOutput output = output(gone, 1000)) {
      output.write(line("line"));
      await().until(() -> output.dropped() == 1);
      output.write(line("another"));
      await().until(() -> output.dropped() >= 2);
    }
  }
}
