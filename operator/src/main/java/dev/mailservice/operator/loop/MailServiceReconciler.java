package dev.mailservice.operator.loop;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.api.MailServiceStatus;
import dev.mailservice.operator.apply.OldConfigMaps;
import dev.mailservice.operator.apply.Rendering;
import dev.mailservice.operator.apply.Resources;
import dev.mailservice.operator.apply.ServerSideApply;
import dev.mailservice.operator.apply.Target;
import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.cluster.FleetCache;
import dev.mailservice.operator.cluster.Ownership;
import dev.mailservice.operator.config.MainCfCheck;
import dev.mailservice.operator.decision.Decision;
import dev.mailservice.operator.loop.Decisions.Made;
import dev.mailservice.operator.status.Obstacles;
import dev.mailservice.operator.status.StatusRendering;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The only writer: brings status and resources in line with the last decision.
 *
 * <p>Status first, so that a leader that dies between the two has told its successor; then
 * ConfigMap, Service and Deployment.
 */
@ControllerConfiguration(name = "mailservice", fieldManager = Labels.OPERATOR)
@GradualRetry(
    maxAttempts = Integer.MAX_VALUE,
    initialInterval = 500,
    intervalMultiplier = 2,
    maxInterval = 15_000)
public class MailServiceReconciler implements Reconciler<MailService> {
  private static final Logger LOG = Logger.getLogger(MailServiceReconciler.class);

  private final FleetCache cache;
  private final Decisions decisions;
  private final Wake wake;
  private final Rendering rendering;
  private final Clock clock;
  private final ServerSideApply serverSideApply;

  MailServiceReconciler(
      FleetCache cache,
      Decisions decisions,
      Wake wake,
      Rendering rendering,
      ServerSideApply serverSideApply,
      Clock clock) {
    this.cache = cache;
    this.decisions = decisions;
    this.wake = wake;
    this.rendering = rendering;
    this.serverSideApply = serverSideApply;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, MailService>> prepareEventSources(
      EventSourceContext<MailService> context) {
    List<EventSource<?, MailService>> sources = new ArrayList<>(cache.eventSources(context));
    sources.add(wake.eventSource());
    return sources;
  }

  @Override
  public UpdateControl<MailService> reconcile(
      MailService mailService, Context<MailService> context) {
    Optional<Made> last = decisions.last(mailService);
    // Without a decision nothing is known yet; the first one wakes this again within a tick.
    if (last.isPresent()) {
      reconcile(mailService, last.get().decision(), context);
    }
    return UpdateControl.noUpdate();
  }

  private void reconcile(MailService mailService, Decision decision, Context<MailService> context) {
    Fleet fleet = cache.fleetOf(mailService);
    var target = new Target(decision.state().replicas(), decision.state().stressed());
    Optional<String> problem = MainCfCheck.problem(mailService.getSpec().mainCf());
    Resources desired = rendering.render(mailService, problem.isEmpty(), target, fleet);
    var obstacles = new Obstacles(problem, takenName(mailService, desired, fleet, context));
    writeStatus(mailService, decision, fleet, obstacles, context);
    if (obstacles.takenName().isPresent()) {
      return;
    }
    desired
        .configMap()
        .ifPresent(made -> apply(made, configMap(fleet, made), ConfigMap.class, context));
    apply(desired.service(), fleet.service(), Service.class, context);
    desired
        .deployment()
        .ifPresent(made -> apply(made, fleet.deployment(), Deployment.class, context));
    for (ConfigMap old : OldConfigMaps.of(fleet, desired.configMap())) {
      context.getClient().resource(old).delete();
      serverSideApply.forget(old);
    }
  }

  /** Server-side apply would take over whatever has the name, so it is looked up before. */
  private static Optional<String> takenName(
      MailService mailService, Resources desired, Fleet fleet, Context<MailService> context) {
    Stream<HasMetadata> missing =
        Stream.concat(
            fleet.service().isEmpty() ? Stream.of(desired.service()) : Stream.empty(),
            fleet.deployment().isEmpty() ? desired.deployment().stream() : Stream.empty());
    return missing
        .map(wanted -> context.getClient().resource(wanted).get())
        .filter(found -> found != null && !Ownership.owns(mailService, found))
        .map(found -> found.getKind() + " " + found.getMetadata().getName())
        .findFirst();
  }

  private void writeStatus(
      MailService mailService,
      Decision decision,
      Fleet fleet,
      Obstacles obstacles,
      Context<MailService> context) {
    MailServiceStatus status =
        StatusRendering.render(
            mailService, decision.state(), decision.metrics(), fleet, obstacles, clock.instant());
    if (status.equals(mailService.getStatus())) {
      return;
    }
    var written = new MailService();
    written.setMetadata(
        new ObjectMetaBuilder()
            .withName(mailService.getMetadata().getName())
            .withNamespace(mailService.getMetadata().getNamespace())
            // Refused if anybody wrote meanwhile: another leader, or a user whose word comes first.
            .withResourceVersion(mailService.getMetadata().getResourceVersion())
            .build());
    written.setStatus(status);
    context.resourceOperations().serverSideApplyPrimaryStatus(written);
  }

  private <R extends HasMetadata> void apply(
      R desired, Optional<R> actual, Class<R> type, Context<MailService> context) {
    boolean applied =
        serverSideApply.apply(
            desired,
            actual,
            resource ->
                context
                    .resourceOperations()
                    .serverSideApply(type.cast(resource), cache.informerOf(type)));
    if (applied) {
      LOG.debugf(
          "applied %s %s/%s",
          desired.getKind(), desired.getMetadata().getNamespace(), desired.getMetadata().getName());
    }
  }

  private static Optional<ConfigMap> configMap(Fleet fleet, ConfigMap desired) {
    return fleet.configMaps().stream()
        .filter(found -> found.getMetadata().getName().equals(desired.getMetadata().getName()))
        .findFirst();
  }
}
