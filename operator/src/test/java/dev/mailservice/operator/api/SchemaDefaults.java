package dev.mailservice.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a MailService as the API server would hand it out: with the committed schema's defaults.
 */
public final class SchemaDefaults {
  private static final Path COMMITTED = Path.of("..", "crds", "mailservices.mailservice.dev.yaml");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private SchemaDefaults() {}

  public static MailService read(String yaml) throws IOException {
    ObjectNode written = YAML.convertValue(YAML.unmarshal(yaml, Object.class), ObjectNode.class);
    fillIn(schema(), written);
    return YAML.convertValue(written, MailService.class);
  }

  private static JSONSchemaProps schema() throws IOException {
    return YAML.unmarshal(Files.readString(COMMITTED), CustomResourceDefinition.class)
        .getSpec()
        .getVersions()
        .getFirst()
        .getSchema()
        .getOpenAPIV3Schema();
  }

  private static void fillIn(JSONSchemaProps schema, ObjectNode object) {
    if (schema.getProperties() == null) {
      return;
    }
    schema
        .getProperties()
        .forEach(
            (name, property) -> {
              JsonNode standard = property.getDefault();
              if (!object.has(name) && standard != null) {
                object.set(name, standard.deepCopy());
              }
              if (object.get(name) instanceof ObjectNode nested) {
                fillIn(property, nested);
              }
            });
  }
}
