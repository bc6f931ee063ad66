package dev.mailservice.e2e.bench.throughput;

import dev.mailservice.e2e.bench.side.CpuTime;
import dev.mailservice.e2e.flood.Latency;
import dev.mailservice.e2e.load.ClientLedger.Verdict;
import dev.mailservice.e2e.load.LoadResult;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One load on one side: all that was measured.
 *
 * @param load the case in words
 * @param side who
 * @param run in which turn, from 0 on
 * @param arrivalsPerSecond of the open model; null in the closed one
 * @param seconds from the first message's beginning to the last one's end
 * @param messagesPerSecond acknowledged
 * @param messagesPerCpuSecond of all of the server's processes
 * @param serverCpu of the server's processes, by program, in seconds
 * @param toolMicrosPerMessage processor time of the load generator and the sink together
 * @param delay from the moment at which a message was meant to begin
 * @param verdict what became of all messages
 * @param histogram of delays in microseconds, compressed as HdrHistogram's tools read it
 */
record SingleRun(
    String load,
    String side,
    int run,
    @Nullable Double arrivalsPerSecond,
    double seconds,
    double messagesPerSecond,
    double messagesPerCpuSecond,
    CpuTime serverCpu,
    double toolMicrosPerMessage,
    Latency delay,
    Verdict verdict,
    String histogram) {
  static SingleRun of(
      Case load,
      String side,
      int run,
      @Nullable Double arrivalsPerSecond,
      LoadResult result,
      CpuTime server,
      CpuTime tool,
      Verdict verdict) {
    return new SingleRun(
        load.words(),
        side,
        run,
        arrivalsPerSecond,
        result.elapsed().toNanos() / 1e9,
        result.perSecond(),
        result.acknowledged() / server.seconds(),
        server,
        1e6 * tool.seconds() / Math.max(1, result.acknowledged()),
        Latency.of(result.delayMicros()),
        verdict,
        compressed(result.delayMicros()));
  }

  /** In one line, to see how it goes. */
  String words() {
    return String.format(
        Locale.ROOT,
        "%s, %s, %s: %.0f messages per second, %.0f per CPU second, p99 %.1f ms",
        load,
        side,
        arrivalsPerSecond == null ? "full speed" : "same arrivals",
        messagesPerSecond,
        messagesPerCpuSecond,
        1000 * delay.p99S());
  }

  private static String compressed(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  /** Its delays in microseconds. */
  Histogram delays() {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
    } catch (DataFormatException notOurs) {
      throw new IllegalStateException(notOurs);
    }
  }
}
