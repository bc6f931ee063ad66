package dev.mailservice.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDGenerator.AbstractCRDOutput;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed definition is what the types say. */
class CustomResourceDefinitionTest {
  private static final String REGENERATE =
      "./mvnw -pl operator test -Dtest=CustomResourceDefinitionTest -Dcrds.write";
  private static final String FILE = "mailservices.mailservice.dev.yaml";
  private static final Path COMMITTED = Path.of("..", "crds", FILE);
  private static final Path IN_CHART =
      Path.of("..", "helm", "mailservice-operator", "files", "crds", FILE);

  /** In the order kubectl shows them; the generator would sort them by path. */
  private static final List<CustomResourceColumnDefinition> COLUMNS =
      List.of(
          column("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status"),
          column("Replicas", "integer", ".status.replicas"),
          column("Stress", "boolean", ".status.stress.active"),
          column("Until", "string", ".status.stress.until"),
          column("Age", "date", ".metadata.creationTimestamp"));

  @Test
  void committed_definition_is_generated_from_the_types() throws IOException {
    String generated = generate();
    if (System.getProperty("crds.write") != null) {
      write(COMMITTED, generated);
      write(IN_CHART, generated);
    }
    assertThat(COMMITTED)
        .as("crds/%s differs from the types in operator/…/api; run: %s", FILE, REGENERATE)
        .content()
        .isEqualTo(generated);
  }

  @Test
  void chart_carries_the_committed_definition() {
    assertThat(IN_CHART)
        .as("the chart's copy differs from crds/%s; run: %s", FILE, REGENERATE)
        .hasSameTextualContentAs(COMMITTED);
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static String generate() throws IOException {
    var output = new InMemory();
    new CRDGenerator()
        .customResourceClasses(MailService.class)
        .forCRDVersions("v1")
        .withOutput(output)
        .generate();
    return "# Generated from the types in operator/, do not edit. To generate it again:\n# "
        + REGENERATE
        + "\n"
        + Serialization.asYaml(complete(output.bytes.toString(StandardCharsets.UTF_8)))
            .substring("---\n".length());
  }

  /** Adds what the generator's annotations cannot say. */
  private static CustomResourceDefinition complete(String generated) {
    return new CustomResourceDefinitionBuilder(
            Serialization.unmarshal(generated, CustomResourceDefinition.class))
        .editSpec()
        .editMatchingVersion(version -> version.getName().equals("v1alpha1"))
        .withAdditionalPrinterColumns(COLUMNS)
        .editSchema()
        .editOpenAPIV3Schema()
        .withDescription(
            "One line of Postfix's master.cf over a fleet: one service, one port, one process"
                + " limit, one stress state.")
        .addToRequired("spec")
        .endOpenAPIV3Schema()
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }

  private static CustomResourceColumnDefinition column(String name, String type, String jsonPath) {
    return new CustomResourceColumnDefinitionBuilder()
        .withName(name)
        .withType(type)
        .withJsonPath(jsonPath)
        .build();
  }

  private static final class InMemory extends AbstractCRDOutput<OutputStream> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    protected OutputStream createStreamFor(String crdName) {
      return bytes;
    }
  }
}
