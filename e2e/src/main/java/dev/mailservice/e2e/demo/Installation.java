package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.json.Json;
import dev.mailservice.e2e.sink.Ledger;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The operator and the demo's front door on a cluster: put there, and taken away again. */
public final class Installation {
  /** The MailService's API. */
  static final String API_VERSION = "mailservice.dev/v1alpha1";

  /** Where the demo's objects live, as examples/demo says. */
  public static final String NAMESPACE = "mailservice-demo";

  /** The demo's MailService, and so its Service and its Deployment. */
  public static final String NAME = "mx";

  /** The port of the demo's MailService. */
  public static final int PORT = 25;

  private static final String OPERATOR_NAMESPACE = "mailservice-system";
  private static final String RELEASE = "mailservice-operator";
  private static final String CRD = "mailservices.mailservice.dev";
  private static final String CHART = "helm/mailservice-operator";
  private static final String EXAMPLES = "examples/demo";
  private static final List<String> IMAGES =
      List.of(
          "smtpd-image/target/jib-image.tar",
          "operator/target/jib-image.tar",
          "e2e/target/jib-image.tar");

  /** What removes it, for a person. */
  static final String REMOVE_BY_HAND =
      "kubectl delete namespace %s; helm uninstall %s -n %s; kubectl delete namespace %s; kubectl delete crd %s"
          .formatted(NAMESPACE, RELEASE, OPERATOR_NAMESPACE, OPERATOR_NAMESPACE, CRD);

  private final Path root;
  private final Cluster cluster;

  /**
   * What a checkout installs on a cluster.
   *
   * @param root the project's folder
   */
  public Installation(Path root, Cluster cluster) {
    this.root = root;
    this.cluster = cluster;
  }

  /** Makes the three images known to the cluster. */
  public void loadImages() throws InterruptedException {
    for (String image : IMAGES) {
      Path tar = root.resolve(image);
      if (!tar.toFile().isFile()) {
        throw new StepFailed(tar + " is missing: run ./mvnw -Dquick package");
      }
      cluster.load(tar);
    }
  }

  /** Installs the chart, and waits until the operator is ready. */
  public void installOperator() throws InterruptedException {
    cluster.helm(
        "upgrade",
        "--install",
        RELEASE,
        root.resolve(CHART).toString(),
        "--namespace",
        OPERATOR_NAMESPACE,
        "--create-namespace",
        "--wait",
        "--timeout",
        "120s");
  }

  /**
   * Applies the examples, and waits until the front door is ready.
   *
   * @param revertAfterSeconds how long the fleet stays stressed after it was last saturated
   */
  public void applyExamples(int revertAfterSeconds) throws InterruptedException {
    cluster.kubectl("apply", "-f", root.resolve(EXAMPLES).toString());
    cluster.kubectl(
        "patch",
        "mailservice",
        NAME,
        "-n",
        NAMESPACE,
        "--type=merge",
        "-p",
        "{\"spec\":{\"stress\":{\"revertAfterSeconds\":" + revertAfterSeconds + "}}}");
    cluster.kubectl("rollout", "status", "deployment/sink", "-n", NAMESPACE, "--timeout=60s");
    cluster.kubectl(
        "wait", "mailservice/" + NAME, "-n", NAMESPACE, "--for=condition=Ready", "--timeout=90s");
  }

  /** Whether the operator, or something of an earlier run, is there already. */
  public boolean isPresent() throws InterruptedException {
    String crd = cluster.kubectl("get", "crd", CRD, "--ignore-not-found", "-o", "name");
    String namespaces =
        cluster.kubectl(
            "get", "namespace", NAMESPACE, OPERATOR_NAMESPACE, "--ignore-not-found", "-o", "name");
    return !(crd + namespaces).isBlank();
  }

  /** Removes everything, the CRD included. */
  public void remove() throws InterruptedException {
    cluster.kubectl(
        "delete", "namespace", NAMESPACE, "--ignore-not-found", "--wait", "--timeout=120s");
    cluster.helm(
        "uninstall", RELEASE, "--namespace", OPERATOR_NAMESPACE, "--ignore-not-found", "--wait");
    cluster.kubectl(
        "delete",
        "namespace",
        OPERATOR_NAMESPACE,
        "--ignore-not-found",
        "--wait",
        "--timeout=120s");
    cluster.kubectl("delete", "crd", CRD, "--ignore-not-found", "--wait", "--timeout=60s");
  }

  /** What the sink has acknowledged. */
  public static Ledger.Snapshot ledger(KubernetesClient client) {
    String json =
        client.raw("/api/v1/namespaces/" + NAMESPACE + "/services/sink:http/proxy/ledger");
    if (json == null) {
      throw new StepFailed("the sink's ledger cannot be read: no service 'sink' answers");
    }
    try {
      return Json.mapper().readValue(json, Ledger.Snapshot.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the sink's ledger cannot be read", unreadable);
    }
  }
}
