package dev.mailservice.e2e.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster that the user has: a context of the kubeconfig, kubectl and helm from the PATH, and a
 * command that loads an image. It is never started nor taken down. The flood runs as a pod.
 */
public final class NamedCluster implements Cluster {
  private static final String TAR = "{}";

  private final String context;
  private final String loadCommand;
  private final Commands commands;

  /**
   * The cluster of a context.
   *
   * @param loadCommand a shell command in which {@code {}} stands for an image tar's path
   */
  NamedCluster(String context, String loadCommand, Commands commands) {
    this.context = context;
    this.loadCommand = loadCommand;
    this.commands = commands;
  }

  @Override
  public String name() {
    return "context " + context;
  }

  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public void up() throws InterruptedException {
    helm("version", "--short");
    kubectl("get", "--raw", "/readyz");
  }

  @Override
  public void down() {
    // It is the user's.
  }

  @Override
  public void load(Path imageTar) throws InterruptedException {
    String quoted = "'" + imageTar.toString().replace("'", "'\\''") + "'";
    commands.run(List.of("sh", "-c", loadCommand.replace(TAR, quoted)));
  }

  @Override
  public String kubectl(String... arguments) throws InterruptedException {
    return withContext("kubectl", "--context", arguments);
  }

  @Override
  public String helm(String... arguments) throws InterruptedException {
    return withContext("helm", "--kube-context", arguments);
  }

  @Override
  public KubernetesClient client() {
    return Clients.of(Config.autoConfigure(context));
  }

  @Override
  public RunningFlood flood(
      KubernetesClient client, String namespace, String service, int port, List<String> arguments) {
    return FloodPod.start(client, namespace, service + ":" + port, arguments);
  }

  private String withContext(String program, String option, String... arguments)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(program, option, context));
    command.addAll(List.of(arguments));
    return commands.run(command);
  }
}
