package dev.mailservice.operator.cluster;

import static java.util.Objects.requireNonNull;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The informers of everything the operator makes, and of the MailServices.
 *
 * <p>Only what carries the operator's label is watched. A change of a resource wakes the reconciler
 * of the MailService that its label names.
 */
@ApplicationScoped
public class FleetCache {
  private static final String BY_MAIL_SERVICE = "mail-service";

  private @Nullable Informers informers;

  private record Informers(
      IndexedResourceCache<MailService> mailServices,
      InformerEventSource<Deployment, MailService> deployments,
      InformerEventSource<ReplicaSet, MailService> replicaSets,
      InformerEventSource<Pod, MailService> pods,
      InformerEventSource<Service, MailService> services,
      InformerEventSource<ConfigMap, MailService> configMaps) {}

  /** Makes the informers; the caller starts them. To be called once, before anything else here. */
  public synchronized List<EventSource<?, MailService>> eventSources(
      EventSourceContext<MailService> context) {
    var made =
        new Informers(
            context.getPrimaryCache(),
            informer(Deployment.class, context),
            informer(ReplicaSet.class, context),
            informer(Pod.class, context),
            informer(Service.class, context),
            informer(ConfigMap.class, context));
    informers = made;
    return List.of(made.deployments, made.replicaSets, made.pods, made.services, made.configMaps);
  }

  /** Every MailService. */
  public Stream<MailService> mailServices() {
    return informers().mailServices.list();
  }

  /** What there is of {@code mailService}. */
  public Fleet fleetOf(MailService mailService) {
    Informers all = informers();
    ResourceID id = ResourceID.fromResource(mailService);
    Optional<Deployment> deployment =
        all.deployments.get(id).filter(found -> Ownership.owns(mailService, found));
    List<ReplicaSet> replicaSets =
        Ownership.ownedBy(deployment.stream().toList(), indexed(all.replicaSets, id));
    return new Fleet(
        deployment,
        replicaSets,
        Ownership.ownedBy(replicaSets, indexed(all.pods, id)),
        all.services.get(id).filter(found -> Ownership.owns(mailService, found)),
        Ownership.ownedBy(List.of(mailService), indexed(all.configMaps, id)));
  }

  /** The informer of {@code type}, for writers that put what they wrote into its cache. */
  @SuppressWarnings("unchecked")
  public <R extends HasMetadata> InformerEventSource<R, MailService> informerOf(Class<R> type) {
    Informers all = informers();
    return (InformerEventSource<R, MailService>)
        Stream.of(all.deployments, all.replicaSets, all.pods, all.services, all.configMaps)
            .filter(informer -> informer.resourceType().equals(type))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no informer of " + type));
  }

  private synchronized Informers informers() {
    return requireNonNull(informers, "the informers are made when the controller starts");
  }

  private static <R extends HasMetadata> Stream<R> indexed(
      InformerEventSource<R, MailService> informer, ResourceID id) {
    return informer.byIndex(BY_MAIL_SERVICE, id.toString()).stream();
  }

  private static <R extends HasMetadata> InformerEventSource<R, MailService> informer(
      Class<R> type, EventSourceContext<MailService> context) {
    var informer =
        new InformerEventSource<R, MailService>(
            InformerEventSourceConfiguration.from(type, MailService.class)
                .withLabelSelector(Labels.ALL_SELECTOR)
                .withSecondaryToPrimaryMapper(
                    resource -> mailServiceOf(resource).map(Set::of).orElse(Set.of()))
                .build(),
            context);
    informer.addIndexer(
        BY_MAIL_SERVICE,
        resource -> mailServiceOf(resource).map(ResourceID::toString).stream().toList());
    return informer;
  }

  private static Optional<ResourceID> mailServiceOf(HasMetadata resource) {
    @Nullable String name = resource.getMetadata().getLabels().get(Labels.INSTANCE);
    return Optional.ofNullable(name)
        .map(found -> new ResourceID(found, resource.getMetadata().getNamespace()));
  }
}
