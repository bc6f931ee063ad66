package dev.mailservice.smtpd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What only root may do: other accounts' daemons, mounts, ports below 1024. */
public final class Root {
  private Root() {}

  /** Whether these tests run as root. */
  public static boolean isHere() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Leaves a test out where it is not root that runs it; with {@code CI=true} it has to run.
   *
   * @param why it wants root
   */
  public static void assumed(String why) {
    assumeTrue("true".equals(System.getenv("CI")) || isHere(), why);
  }
}
