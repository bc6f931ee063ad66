package dev.mailservice.e2e.cluster;

import dev.mailservice.e2e.demo.LocalCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the cluster before the first test that needs it, and takes it down after the last. */
final class SharedCluster implements ExecutionCondition, BeforeAllCallback, ParameterResolver {
  private static final String CLUSTER = "cluster";

  /** The project's folder. */
  static Path root() {
    return Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<String> missing = missing();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("a cluster can be had");
    }
    if ("true".equals(System.getenv("CI"))) {
      return ConditionEvaluationResult.enabled("CI=true: it must run");
    }
    return ConditionEvaluationResult.disabled("no cluster: " + missing.get());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return start(context).cluster();
  }

  private static Started start(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedCluster.class))
        .computeIfAbsent(CLUSTER, key -> Started.now(), Started.class);
  }

  private static Optional<String> missing() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("e2e/cluster needs Linux");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("e2e/cluster needs root");
    }
    return mayUnshare()
        ? Optional.empty()
        : Optional.of("e2e/cluster needs the right to make namespaces");
  }

  private static boolean mayUnshare() {
    try {
      return new ProcessBuilder("unshare", "--net", "--mount", "true").start().waitFor() == 0;
    } catch (java.io.IOException notThere) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The cluster, and whether it is this one's to take down. */
  private record Started(LocalCluster cluster, boolean ours) implements AutoCloseable {
    static Started now() {
      try {
        Path log = root().resolve("e2e/target/integration-tests.log");
        Files.createDirectories(log.getParent());
        LocalCluster cluster = new LocalCluster(root(), log);
        boolean wasUp = cluster.isUp();
        cluster.up();
        return new Started(cluster, !wasUp);
      } catch (java.io.IOException | InterruptedException failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public void close() throws InterruptedException {
      if (ours) {
        cluster.down();
      }
    }
  }
}
