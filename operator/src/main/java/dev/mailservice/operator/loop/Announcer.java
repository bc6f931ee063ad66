package dev.mailservice.operator.loop;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.decision.Announcement;
import dev.mailservice.operator.decision.Decision;
import dev.mailservice.operator.decision.FleetState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Tells people: one log line a change, one event for what the decision wants announced. */
@ApplicationScoped
public class Announcer {
  private static final Logger LOG = Logger.getLogger("mailservice");
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final Clock clock;
  private final Identity identity;

  Announcer(KubernetesClient client, Clock clock, Identity identity) {
    this.client = client;
    this.clock = clock;
    this.identity = identity;
  }

  /**
   * Tells what {@code decision} changes.
   *
   * @param took time from the first scrape to the decision
   */
  void announce(MailService mailService, FleetState before, Decision decision, Duration took) {
    String name =
        mailService.getMetadata().getNamespace() + "/" + mailService.getMetadata().getName();
    String what = sentence(before, decision);
    switch (decision.announcement()) {
      case SATURATED -> {
        LOG.warnf("%s: saturated: %s; decided in %d ms", name, what, took.toMillis());
        publishLater(mailService, Announcement.SATURATED, what);
      }
      case STRESS_ENDED -> {
        LOG.infof("%s: stress ended: %s", name, what);
        publishLater(mailService, Announcement.STRESS_ENDED, what);
      }
      case null -> {
        if (before.replicas() != decision.state().replicas()
            || before.stressed() != decision.state().stressed()) {
          LOG.infof("%s: %s", name, what);
        }
      }
    }
  }

  private static String sentence(FleetState before, Decision decision) {
    var tally = decision.tally();
    return String.format(
        Locale.ROOT,
        "%s: %d of %d slots busy, %d of %d serving pods saturated, %d unknown; replicas %s,"
            + " stress=%s",
        decision.reason(),
        tally.busy(),
        tally.slots(),
        tally.saturated(),
        tally.serving(),
        tally.unknown(),
        before.replicas() == decision.state().replicas()
            ? "stay at " + before.replicas()
            : before.replicas() + " to " + decision.state().replicas(),
        decision.state().stressed() ? "yes" : "");
  }

  /** On a thread of its own: a slow API server must not hold up the next tick. */
  private void publishLater(MailService mailService, Announcement announcement, String note) {
    Thread.ofVirtual()
        .name("event-" + mailService.getMetadata().getName())
        .start(() -> publish(event(mailService, announcement, note)));
  }

  private void publish(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.warnf(
          "the event %s on %s could not be written: %s",
          event.getReason(), event.getRegarding().getName(), e.getMessage());
    }
  }

  private Event event(MailService mailService, Announcement announcement, String note) {
    boolean saturated = announcement == Announcement.SATURATED;
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(mailService.getMetadata().getName() + "-")
        .withNamespace(mailService.getMetadata().getNamespace())
        .endMetadata()
        .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
        .withType(saturated ? "Warning" : "Normal")
        .withReason(saturated ? "Saturated" : "StressEnded")
        .withAction(saturated ? "Stress" : "TakeBackStress")
        .withNote(note)
        .withReportingController(MailService.GROUP + "/" + Labels.OPERATOR)
        .withReportingInstance(identity.name())
        .withNewRegarding()
        .withApiVersion(HasMetadata.getApiVersion(MailService.class))
        .withKind(HasMetadata.getKind(MailService.class))
        .withNamespace(mailService.getMetadata().getNamespace())
        .withName(mailService.getMetadata().getName())
        .withUid(mailService.getMetadata().getUid())
        .withResourceVersion(mailService.getMetadata().getResourceVersion())
        .endRegarding()
        .build();
  }
}
