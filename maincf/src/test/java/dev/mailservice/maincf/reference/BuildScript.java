package dev.mailservice.maincf.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A script of the folder {@code build} that fetches what tests need and prints the folder of it.
 */
public record BuildScript(String name) {
  private static final String RULE = "=".repeat(100);

  /**
   * Whether a test runs that needs it. With CI=true it must; elsewhere a test that does not run
   * says so where nobody can miss it.
   *
   * @param missing what the script lacks on this machine; empty if nothing
   */
  public static ConditionEvaluationResult condition(ExtensionContext context, String missing) {
    return isDemandedOrCanRun(context.getDisplayName(), missing)
        ? ConditionEvaluationResult.enabled("what it needs can be had, or has to be")
        : ConditionEvaluationResult.disabled(missing);
  }

  /**
   * The same for a part of a test.
   *
   * @param test what would not be known without it
   */
  public static boolean isDemandedOrCanRun(String test, String missing) {
    boolean runs = missing.isEmpty() || "true".equals(System.getenv("CI"));
    if (!runs) {
      System.out.printf(
          "%s%nNOT RUN, so nothing is known about what it would show: %s%n%s%n%s%n",
          RULE, test, missing, RULE);
    }
    return runs;
  }

  /**
   * Runs it.
   *
   * @throws IllegalStateException if it fails
   */
  public Path folder() {
    Path script = Path.of("..", "build", name).toAbsolutePath().normalize();
    try {
      Process process =
          new ProcessBuilder(script.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String folder =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(script + " failed; what it said stands above");
      }
      return Path.of(folder);
    } catch (IOException e) {
      throw new IllegalStateException(script + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
