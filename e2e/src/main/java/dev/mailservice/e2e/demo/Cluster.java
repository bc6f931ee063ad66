package dev.mailservice.e2e.demo;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;

/** The cluster that a demo runs on. */
public interface Cluster {
  /** What to call it. */
  String name();

  /** Whether it is up, and so not to be taken down in the end. */
  boolean isUp() throws InterruptedException;

  /**
   * Makes sure that it can be used.
   *
   * @throws StepFailed saying what is missing
   */
  void up() throws InterruptedException;

  /** Takes down what {@link #up()} has started, or has begun to. */
  void down() throws InterruptedException;

  /** Makes an image in Docker's tar format known to its nodes. */
  void load(Path imageTar) throws InterruptedException;

  /**
   * Runs kubectl.
   *
   * @return its standard output
   * @throws StepFailed when it fails
   */
  String kubectl(String... arguments) throws InterruptedException;

  /** Runs helm. */
  String helm(String... arguments) throws InterruptedException;

  /** A client, to be closed by the caller. */
  KubernetesClient client() throws InterruptedException;

  /**
   * Starts a flood against a Service.
   *
   * @param arguments of {@code e2e flood}, all but the target
   */
  RunningFlood flood(
      KubernetesClient client, String namespace, String service, int port, List<String> arguments)
      throws InterruptedException;
}
