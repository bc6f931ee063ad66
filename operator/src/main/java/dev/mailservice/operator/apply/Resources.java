package dev.mailservice.operator.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;

/**
 * Everything a MailService is made of.
 *
 * @param configMap the configuration, applied before the Deployment that mounts it
 */
public record Resources(ConfigMap configMap, Service service, Deployment deployment) {

  /** All of them, in the order in which they are applied. */
  public List<HasMetadata> inOrder() {
    return List.of(configMap, service, deployment);
  }
}
