package dev.mailservice.e2e.flood;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How many hogs the limit of open files leaves room for. */
final class OpenFiles {
  /** What the Java runtime itself has open, with room to spare. */
  private static final long OWN = 200;

  private OpenFiles() {}

  /** The limit of this process; the Java runtime has raised the soft limit to the hard one. */
  static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** The most hogs that a limit allows beside good mail of this rate and patience. */
  static int roomForHogs(long limit, double goodPerSecond, Duration patience) {
    long good = (long) Math.ceil(goodPerSecond * patience.toMillis() / 1000.0);
    return (int) Math.clamp(limit - OWN - good, 0, Integer.MAX_VALUE);
  }
}
