package dev.mailservice.e2e.cluster;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end, where nobody can overlook it, which tests did not run and why. */
public final class NotRunBanner implements TestExecutionListener {
  private static final String RULE = "=".repeat(100);

  private final Map<String, String> skipped = new TreeMap<>();

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped.put(test.getDisplayName(), reason);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (skipped.isEmpty()) {
      return;
    }
    StringBuilder banner = new StringBuilder("\n" + RULE + "\n");
    banner.append("NOT RUN, so nothing is known about what these tests would show:\n");
    skipped.forEach((test, reason) -> banner.append("  %s: %s%n".formatted(test, reason)));
    banner.append("They run on Linux as root; with CI=true they must.\n").append(RULE);
    System.out.println(banner);
  }
}
