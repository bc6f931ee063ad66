package dev.mailservice.e2e.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A flood in a pod, from the image of the test tools; its events are the pod's log. */
final class FloodPod implements RunningFlood {
  static final String IMAGE = "docker.io/mailservice/e2e:0.1.0-SNAPSHOT";
  private static final String NAME = "flood";
  private static final long NON_ROOT = 65532;
  private static final int START_SECONDS = 60;

  /** Longer than a good client's patience: the flood waits for mail that is on its way. */
  private static final long GRACE_SECONDS = 40;

  private final KubernetesClient client;
  private final Pod pod;
  private final LogWatch log;

  private FloodPod(KubernetesClient client, Pod pod, LogWatch log) {
    this.client = client;
    this.pod = pod;
    this.log = log;
  }

  static FloodPod start(
      KubernetesClient client, String namespace, String target, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("flood", target));
    command.addAll(arguments);
    Pod pod = client.pods().resource(pod(namespace, command)).create();
    try {
      Pod started =
          client
              .pods()
              .resource(pod)
              .waitUntilCondition(FloodPod::hasStarted, START_SECONDS, TimeUnit.SECONDS);
      return new FloodPod(client, started, client.pods().resource(started).watchLog());
    } catch (KubernetesClientTimeoutException timeout) {
      client.pods().resource(pod).withGracePeriod(0).delete();
      throw new StepFailed("the flood's pod did not start within " + START_SECONDS + " s", timeout);
    }
  }

  @Override
  public BufferedReader events() {
    return new BufferedReader(new InputStreamReader(log.getOutput(), StandardCharsets.UTF_8));
  }

  @Override
  public void stop() {
    client.pods().resource(pod).delete();
  }

  @Override
  public void close() {
    log.close();
    client.pods().resource(pod).withGracePeriod(0).delete();
  }

  private static boolean hasStarted(Pod pod) {
    return pod != null
        && pod.getStatus() != null
        && Set.of("Running", "Succeeded", "Failed").contains(pod.getStatus().getPhase());
  }

  private static Pod pod(String namespace, List<String> command) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(namespace)
        .addToLabels("app.kubernetes.io/name", NAME)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withAutomountServiceAccountToken(false)
        .addNewContainer()
        .withName(NAME)
        .withImage(IMAGE)
        .withImagePullPolicy("IfNotPresent")
        .withArgs(command)
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withRunAsUser(NON_ROOT)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .endContainer()
        .endSpec()
        .build();
  }
}
