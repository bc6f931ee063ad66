package dev.mailservice.e2e.demo;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.function.Consumer;

/** Watches the objects of one MailService and feeds a {@link FleetTracker}. */
final class FleetWatch implements AutoCloseable {
  private final List<SharedIndexInformer<?>> informers;

  /** Watches from now on; what exists already is told first. */
  FleetWatch(KubernetesClient client, String namespace, String name, FleetTracker tracker) {
    informers =
        List.of(
            client
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .inform(handler(tracker::deployment, (Deployment gone) -> {})),
            client
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/instance", name)
                .inform(handler(tracker::pod, (Pod gone) -> tracker.podGone(gone))),
            client
                .genericKubernetesResources(Installation.API_VERSION, "MailService")
                .inNamespace(namespace)
                .withName(name)
                .inform(handler(tracker::mailService, (GenericKubernetesResource gone) -> {})),
            client
                .v1()
                .events()
                .inNamespace(namespace)
                .inform(handler(tracker::event, (Event gone) -> {})));
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }

  private static <T> ResourceEventHandler<T> handler(Consumer<T> onSeen, Consumer<T> onGone) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        onSeen.accept(object);
      }

      @Override
      public void onUpdate(T before, T object) {
        onSeen.accept(object);
      }

      @Override
      public void onDelete(T object, boolean finalStateUnknown) {
        onGone.accept(object);
      }
    };
  }
}
