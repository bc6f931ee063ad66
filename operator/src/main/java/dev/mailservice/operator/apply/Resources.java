package dev.mailservice.operator.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a MailService is made of.
 *
 * @param configMap the configuration, to be applied before the Deployment that mounts it; empty if
 *     it is not valid
 * @param service always there
 * @param deployment empty if there is no valid configuration and never was
 */
public record Resources(
    Optional<ConfigMap> configMap, Service service, Optional<Deployment> deployment) {

  /** All of them, in the order in which they are to be applied. */
  public List<HasMetadata> inOrder() {
    return Stream.<HasMetadata>concat(
            configMap.stream(), Stream.concat(Stream.of(service), deployment.stream()))
        .toList();
  }
}
