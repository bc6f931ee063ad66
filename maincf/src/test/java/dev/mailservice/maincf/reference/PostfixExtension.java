package dev.mailservice.maincf.reference;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Finds the reference by {@code build/postfix-reference}, which fetches it if need be. */
final class PostfixExtension implements ExecutionCondition, ParameterResolver {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return BuildScript.condition(
        context,
        Files.isExecutable(Path.of("/usr/bin/dpkg-deb"))
            ? ""
            : "no dpkg-deb: the reference is Debian's postfix package");
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
        .computeIfAbsent(
            "folder",
            key -> new PostfixReference(new BuildScript("postfix-reference").folder()),
            PostfixReference.class);
  }
}
