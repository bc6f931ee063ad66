package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mailservice.e2e.cluster.OnRealCluster;
import dev.mailservice.e2e.demo.Installation;
import dev.mailservice.e2e.demo.LocalCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person is told who writes a MailService wrongly, on a real cluster. */
@OnRealCluster
class BadInputIT {
  private static final String NAMESPACE = "bad-input";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));

  private static Installation installation;
  private static KubernetesClient client;

  @BeforeAll
  static void install(LocalCluster cluster) throws InterruptedException {
    installation = new Installation(ROOT, cluster);
    if (installation.isPresent()) {
      installation.remove();
    }
    installation.loadImages();
    installation.installOperator();
    client = cluster.client();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .serverSideApply();
  }

  @AfterAll
  static void remove() throws InterruptedException {
    client.namespaces().withName(NAMESPACE).withTimeoutInMillis(PATIENCE.toMillis()).delete();
    client.close();
    installation.remove();
  }

  private static void apply(String name, String spec) {
    String yaml =
        """
        apiVersion: mailservice.dev/v1alpha1
        kind: MailService
        metadata: {name: %s, namespace: %s}
        spec:
          port: 25
        %s"""
            .formatted(name, NAMESPACE, spec.indent(2));
    client
        .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
        .serverSideApply();
  }

  private static final String MAIN_CF =
      """
      mainCf: |
        smtpd_proxy_filter = 127.0.0.1:10025
      """;

  /** A condition as {@code status reason: message}; empty while there is none of that type. */
  private static String condition(String name, String type) {
    GenericKubernetesResource found =
        client
            .genericKubernetesResources("mailservice.dev/v1alpha1", "MailService")
            .inNamespace(NAMESPACE)
            .withName(name)
            .get();
    List<Map<String, Object>> conditions = found.get("status", "conditions");
    if (conditions == null) {
      return "";
    }
    return conditions.stream()
        .filter(condition -> type.equals(condition.get("type")))
        .map(it -> it.get("status") + " " + it.get("reason") + ": " + it.get("message"))
        .findFirst()
        .orElse("");
  }

  @Test
  void moreMinReplicasThanMaxReplicasAreRefusedWithASentence() {
    assertThatThrownBy(
            () -> apply("turned", MAIN_CF + "scaling: {minReplicas: 5, maxReplicas: 2}\n"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("minReplicas")
        .hasMessageContaining("maxReplicas")
        .hasMessageContaining("spec.scaling");
  }

  @Test
  void anUnknownStressModeIsRefusedWithTheModesThereAre() {
    assertThatThrownBy(() -> apply("sometimes", MAIN_CF + "stress: {mode: Sometimes}\n"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.stress.mode: Unsupported value: \"Sometimes\"")
        .hasMessageContaining("\"Auto\"");
  }

  @Test
  void anImageThatDoesNotExistIsNotReadyForThatReason() {
    apply("no-image", MAIN_CF + "image: mailservice/nowhere:1\n");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(condition("no-image", "Ready"))
                    .startsWith("False ImagePullFailed: ")
                    .contains("mailservice/nowhere:1"));
  }

  @Test
  void aBrokenMainCfIsNamedByLineAndColumnAndStartsNoPod() {
    apply("broken", MAIN_CF + "  smtpd_timeout = ${stress?5\n");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(condition("broken", "ConfigValid"))
                    .startsWith("False ")
                    .contains("line 2", "column", "smtpd_timeout", "truncated macro reference"));
    assertThat(
            client
                .pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/instance", "broken")
                .list()
                .getItems())
        .isEmpty();
  }
}
