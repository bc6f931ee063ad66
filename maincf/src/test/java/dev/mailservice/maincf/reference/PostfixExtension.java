package dev.mailservice.maincf.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Finds the reference by {@code build/postfix-reference}, which fetches it if need be. */
final class PostfixExtension implements ExecutionCondition, ParameterResolver {
  private static final String RULE = "=".repeat(100);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if ("true".equals(System.getenv("CI"))) {
      return ConditionEvaluationResult.enabled("CI=true: it must run");
    }
    if (Files.isExecutable(Path.of("/usr/bin/dpkg-deb"))) {
      return ConditionEvaluationResult.enabled("Debian's Postfix can be had");
    }
    String reason = "no dpkg-deb: the reference is Debian's postfix package";
    System.out.printf(
        "%s%nNOT RUN, so nothing is known about what it would show: %s%n%s%n%s%n",
        RULE, context.getDisplayName(), reason, RULE);
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PostfixReference.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(PostfixExtension.class))
        .computeIfAbsent("folder", key -> found(), PostfixReference.class);
  }

  private static PostfixReference found() {
    Path script = Path.of("..", "build", "postfix-reference").toAbsolutePath().normalize();
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
      return new PostfixReference(Path.of(folder));
    } catch (IOException e) {
      throw new IllegalStateException(script + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
