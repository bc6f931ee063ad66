package dev.mailservice.e2e.bench.side;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line of its log in which this project's server says that it serves, and where. */
public final class StartedLine {
  private static final Pattern LINE = Pattern.compile("started: /?[0-9a-f.:]+:(\\d+), ");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 5;

  private StartedLine() {}

  /**
   * Waits for it, for a minute at most.
   *
   * @param log what the server has said so far
   * @return where it serves on loopback
   * @throws IOException when the server ends, or does not say so in time, with its own words
   */
  public static InetSocketAddress await(Process server, Path log)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Matcher started = LINE.matcher(Files.readString(log));
      if (started.find()) {
        return new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(started.group(1)));
      }
      if (!server.isAlive()) {
        break;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new IOException("the server does not start: " + Files.readString(log));
  }
}
