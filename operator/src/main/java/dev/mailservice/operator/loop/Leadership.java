package dev.mailservice.operator.loop;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Only the leader ticks and writes. A leader that is asked to end stops ticking first and frees the
 * lease last, so that the next one need not wait for it to run out.
 */
@ApplicationScoped
public class Leadership {
  private static final Logger LOG = Logger.getLogger(Leadership.class);

  /** Before the operator SDK's own observer, which has the ordinary priority. */
  private static final int BEFORE_THE_OPERATOR = 1;

  private static final int AFTER_THE_OPERATOR = 5000;

  private final FastLoop fastLoop;
  private final KubernetesClient client;
  private final OperatorSettings.Lease settings;
  private final Identity identity;

  private volatile boolean leading;
  private volatile boolean ending;

  Leadership(
      FastLoop fastLoop, KubernetesClient client, OperatorSettings settings, Identity identity) {
    this.fastLoop = fastLoop;
    this.client = client;
    this.settings = settings.lease();
    this.identity = identity;
  }

  /** How the operator SDK elects. */
  @Produces
  @Singleton
  LeaderElectionConfiguration election() {
    // The SDK would end the process in the middle of an orderly shutdown too.
    boolean exitOnStopLeading = false;
    return new LeaderElectionConfiguration(
        settings.name(),
        namespace(),
        settings.duration(),
        settings.renewDeadline(),
        settings.retryPeriod(),
        identity.name(),
        new LeaderCallbacks(this::startLeading, this::stopLeading, _ -> {}),
        exitOnStopLeading);
  }

  private void startLeading() {
    LOG.infof("%s leads", identity.name());
    leading = true;
    fastLoop.start();
  }

  private void stopLeading() {
    fastLoop.stop();
    if (!ending) {
      // The reconciler cannot be taken back to waiting; a new process can.
      LOG.warnf("%s lost the lease and ends", identity.name());
      leading = false;
      Quarkus.asyncExit(1);
    }
  }

  void stopTicking(@Observes @Priority(BEFORE_THE_OPERATOR) ShutdownEvent event) {
    ending = true;
    fastLoop.stop();
  }

  void freeLease(@Observes @Priority(AFTER_THE_OPERATOR) ShutdownEvent event) {
    if (!leading) {
      return;
    }
    try {
      client.leases().inNamespace(namespace()).withName(settings.name()).edit(this::freed);
      LOG.infof("%s has freed the lease", identity.name());
    } catch (KubernetesClientException e) {
      LOG.warnf("the lease could not be freed, it runs out by itself: %s", e.getMessage());
    }
  }

  private Lease freed(Lease lease) {
    if (!identity.name().equals(lease.getSpec().getHolderIdentity())) {
      return lease;
    }
    return lease
        .edit()
        .editSpec()
        .withHolderIdentity("")
        .withLeaseDurationSeconds(1)
        .endSpec()
        .build();
  }

  private String namespace() {
    return settings.namespace().orElseGet(client::getNamespace);
  }
}
