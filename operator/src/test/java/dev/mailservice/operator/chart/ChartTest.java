package dev.mailservice.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chart, rendered by Helm itself. */
class ChartTest {
  private static final Path CHART = Path.of("..", "helm", "mailservice-operator");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "chart", "default.yaml");
  private static final String REWRITE =
      "./mvnw -pl operator -am test -Dtest=ChartTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dgolden.write";

  @Test
  void without_any_value_it_renders_what_is_written_down() throws IOException {
    String rendered = template().set("crds.enabled", false).call();
    if (System.getProperty("golden.write") != null) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, rendered);
    }
    assertThat(GOLDEN).as("if the change is meant: %s", REWRITE).content().isEqualTo(rendered);
  }

  @Test
  void the_definition_is_upgraded_with_the_chart_and_outlives_it() {
    HasMetadata definition = resource(template().call(), "CustomResourceDefinition");

    assertThat(definition.getMetadata().getName()).isEqualTo("mailservices.mailservice.dev");
    assertThat(definition.getMetadata().getAnnotations())
        .containsEntry("helm.sh/resource-policy", "keep");
  }

  @Test
  void the_operator_may_delete_nothing_but_old_configurations() {
    var role = (ClusterRole) resource(template().call(), "ClusterRole");

    assertThat(role.getRules())
        .filteredOn(rule -> rule.getVerbs().contains("delete"))
        .flatExtracting(PolicyRule::getResources)
        .containsExactly("configmaps");
    assertThat(role.getRules()).flatExtracting(PolicyRule::getVerbs).doesNotContain("*");
    assertThat(role.getRules()).flatExtracting(PolicyRule::getResources).doesNotContain("secrets");
  }

  @Test
  void values_reach_the_operator() {
    var deployment =
        (Deployment)
            resource(
                template()
                    .set("replicas", 2)
                    .set("image.tag", "1.2.3")
                    .set("smtpdImage", "example.test/smtpd:9")
                    .call(),
                "Deployment");
    var container = deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();

    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
    assertThat(container.getImage()).isEqualTo("mailservice/operator:1.2.3");
    assertThat(container.getEnv())
        .anySatisfy(
            variable -> {
              assertThat(variable.getName()).isEqualTo("MAILSERVICE_SMTPD_IMAGE");
              assertThat(variable.getValue()).isEqualTo("example.test/smtpd:9");
            });
  }

  private static TemplateCommand template() {
    return new Helm(CHART)
        .template()
        .withName("mailservice-operator")
        .withNamespace("mailservice-system")
        .withKubeVersion("1.34.0");
  }

  private static HasMetadata resource(String rendered, String kind) {
    return documents(rendered).stream()
        .filter(found -> found.getKind().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static List<HasMetadata> documents(String rendered) {
    Object read =
        Serialization.unmarshal(
            new ByteArrayInputStream(rendered.getBytes(StandardCharsets.UTF_8)));
    return ((Collection<?>) read).stream().map(HasMetadata.class::cast).toList();
  }
}
