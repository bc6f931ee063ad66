package dev.mailservice.smtpd.clients;

import dev.mailservice.maincf.reference.BuildScript;
import java.io.File;
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
  private static final List<String> MADE_WITH =
      List.of("apt-get", "dpkg-deb", "go", "node", "npm", "python3");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing = MADE_WITH.stream().filter(it -> !isOnPath(it)).toList();
    return BuildScript.condition(
        context,
        missing.isEmpty()
            ? ""
            : "build/mail-clients wants on the PATH: " + String.join(" ", missing));
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
        .computeIfAbsent(
            "folder",
            key -> new Programs(new BuildScript("mail-clients").folder()),
            Programs.class);
  }
}
