package dev.mailservice.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who owns what, by controller reference. */
public final class Ownership {
  private Ownership() {}

  /** Whether {@code owner} is the controller of {@code resource}. */
  public static boolean owns(HasMetadata owner, HasMetadata resource) {
    return controllerOf(resource).filter(owner.getMetadata().getUid()::equals).isPresent();
  }

  /** Those of {@code resources} whose controller is one of {@code owners}. */
  static <R extends HasMetadata> List<R> ownedBy(
      Collection<? extends HasMetadata> owners, Stream<R> resources) {
    Set<String> uids =
        owners.stream().map(owner -> owner.getMetadata().getUid()).collect(Collectors.toSet());
    return resources
        .filter(resource -> controllerOf(resource).filter(uids::contains).isPresent())
        .toList();
  }

  private static Optional<String> controllerOf(HasMetadata resource) {
    return resource.getMetadata().getOwnerReferences().stream()
        .filter(reference -> Boolean.TRUE.equals(reference.getController()))
        .map(reference -> reference.getUid())
        .findFirst();
  }
}
