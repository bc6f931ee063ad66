package dev.mailservice.operator.apply;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes resources by server-side apply, and only when there is something to write: when what
 * should be has changed, or what is there is no longer what was there after the last write.
 *
 * <p>No comparison of what should be with what is: the API server's defaults and other writers'
 * fields would make it wrong. After a restart everything is applied once, which changes nothing.
 * Thread-safe.
 */
public final class ServerSideApply {

  /** Sends a resource to the API server. */
  @FunctionalInterface
  public interface ApiServer {
    /** Applies {@code desired} and returns what is there now. */
    HasMetadata apply(HasMetadata desired);
  }

  private record Key(String kind, String namespace, String name) {}

  private record Written(HasMetadata desired, Shape result) {}

  private record Shape(
      String uid, Map<String, String> labels, List<OwnerReference> owners, Object content) {

    static Shape of(HasMetadata resource) {
      Object content =
          switch (resource) {
            case Deployment deployment -> deployment.getSpec();
            case Service service -> service.getSpec();
            case ConfigMap configMap -> configMap.getData();
            default -> throw new IllegalArgumentException("not written here: " + resource);
          };
      return new Shape(
          resource.getMetadata().getUid(),
          resource.getMetadata().getLabels(),
          resource.getMetadata().getOwnerReferences(),
          content);
    }
  }

  private final Map<Key, Written> written = new ConcurrentHashMap<>();

  /**
   * Writes {@code desired} if need be.
   *
   * @param actual what is there as far as known; empty for nothing
   * @return whether it was written
   */
  public boolean apply(
      HasMetadata desired, Optional<? extends HasMetadata> actual, ApiServer apiServer) {
    Key key = key(desired);
    @Nullable Written last = written.get(key);
    boolean upToDate =
        last != null
            && last.desired.equals(desired)
            && actual.map(Shape::of).filter(last.result::equals).isPresent();
    if (upToDate) {
      return false;
    }
    written.put(key, new Written(desired, Shape.of(apiServer.apply(desired))));
    return true;
  }

  /** Forgets what was written of {@code resource}, which is gone. */
  public void forget(HasMetadata resource) {
    written.remove(key(resource));
  }

  /** Forgets what was written for all MailServices but those with these {@code uids}. */
  public void keepOnly(Set<String> uids) {
    written
        .values()
        .removeIf(
            last ->
                last.desired.getMetadata().getOwnerReferences().stream()
                    .noneMatch(owner -> uids.contains(owner.getUid())));
  }

  private static Key key(HasMetadata resource) {
    return new Key(
        resource.getKind(),
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName());
  }
}
