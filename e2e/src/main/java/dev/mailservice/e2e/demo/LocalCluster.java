package dev.mailservice.e2e.demo;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The project's own cluster on this machine, {@code e2e/cluster}. The flood is a process in the
 * cluster's network, where each of its clients can have an address of its own.
 */
public final class LocalCluster implements Cluster {
  /** For benchmarks (RFC 2544), never routed. */
  private static final String SOURCE_PREFIX = "198.18.0.0/15";

  private final Commands commands;
  private final String script;
  private final String floodScript;

  /**
   * The cluster of a checkout.
   *
   * @param root the project's folder
   * @param log where the output of the programs it runs is kept
   */
  public LocalCluster(Path root, Path log) {
    this(root, new Commands(root, log, Map.of()));
  }

  LocalCluster(Path root, Commands commands) {
    this.commands = commands;
    this.script = root.resolve("e2e/cluster").toString();
    this.floodScript = root.resolve("e2e/flood").toString();
  }

  @Override
  public String name() {
    return "local cluster";
  }

  @Override
  public boolean isUp() throws InterruptedException {
    return commands.tryRun(List.of(script, "status")).status() == 0;
  }

  @Override
  public void up() throws InterruptedException {
    commands.run(List.of(script, "up"));
  }

  @Override
  public void down() throws InterruptedException {
    commands.run(List.of(script, "down"));
  }

  @Override
  public void load(Path imageTar) throws InterruptedException {
    commands.run(List.of(script, "load", imageTar.toString()));
  }

  @Override
  public String kubectl(String... arguments) throws InterruptedException {
    return inside("kubectl", arguments);
  }

  @Override
  public String helm(String... arguments) throws InterruptedException {
    return inside("helm", arguments);
  }

  @Override
  public KubernetesClient client() throws InterruptedException {
    Path kubeconfig = Path.of(commands.run(List.of(script, "kubeconfig")).strip());
    return Clients.of(Config.fromKubeconfig(kubeconfig.toFile()));
  }

  @Override
  public RunningFlood flood(
      KubernetesClient client, String namespace, String service, int port, List<String> arguments) {
    String address =
        client.services().inNamespace(namespace).withName(service).get().getSpec().getClusterIP();
    List<String> command =
        new ArrayList<>(
            List.of(
                script,
                "run",
                floodScript,
                address + ":" + port,
                "--source-prefix",
                SOURCE_PREFIX));
    command.addAll(arguments);
    commands.append("$ " + String.join(" ", command));
    return new FloodProcess(commands.start(command), commands);
  }

  private String inside(String program, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(script, "run", program));
    command.addAll(List.of(arguments));
    return commands.run(command);
  }

  private static final class FloodProcess implements RunningFlood {
    private static final long END_SECONDS = 5;

    private final Process process;

    FloodProcess(Process process, Commands commands) {
      this.process = process;
      Thread.startVirtualThread(
          () ->
              process
                  .errorReader(StandardCharsets.UTF_8)
                  .lines()
                  .forEach(line -> commands.append("flood: " + line)));
    }

    @Override
    public BufferedReader events() {
      return process.inputReader(StandardCharsets.UTF_8);
    }

    /** Process.destroy() would close the stream that the summary is still to come through. */
    @Override
    public void stop() {
      process.toHandle().destroy();
    }

    @Override
    public void close() {
      process.toHandle().destroy();
      try {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException interrupted) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
