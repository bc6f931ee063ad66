package dev.mailservice.smtpd.clients;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Finds the programs by {@code build/mail-clients}, which fetches them if need be. */
final class ProgramsExtension implements ExecutionCondition, ParameterResolver {
  private static final String RULE = "=".repeat(100);
  private static final List<String> MADE_WITH =
      List.of("apt-get", "dpkg-deb", "go", "node", "npm", "python3");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if ("true".equals(System.getenv("CI"))) {
      return ConditionEvaluationResult.enabled("CI=true: it must run");
    }
    List<String> missing = MADE_WITH.stream().filter(it -> !isOnPath(it)).toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("the clients can be had");
    }
    String reason = "build/mail-clients wants on the PATH: " + String.join(" ", missing);
    System.out.printf(
        "%s%nNOT RUN, so nothing is known about what it would show: %s%n%s%n%s%n",
        RULE, context.getDisplayName(), reason, RULE);
    return ConditionEvaluationResult.disabled(reason);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
        .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Programs.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ProgramsExtension.class))
        .computeIfAbsent("folder", key -> found(), Programs.class);
  }

  private static Programs found() {
    Path script = Path.of("..", "build", "mail-clients").toAbsolutePath().normalize();
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
      return new Programs(Path.of(folder));
    } catch (IOException e) {
      throw new IllegalStateException(script + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
