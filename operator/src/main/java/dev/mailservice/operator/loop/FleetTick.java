package dev.mailservice.operator.loop;

import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.api.MailServiceStatus;
import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.cluster.FleetCache;
import dev.mailservice.operator.decision.Decider;
import dev.mailservice.operator.decision.Decision;
import dev.mailservice.operator.decision.FleetState;
import dev.mailservice.operator.decision.Observation;
import dev.mailservice.operator.decision.Policy;
import dev.mailservice.operator.gather.Gatherer;
import dev.mailservice.operator.loop.Decisions.Made;
import dev.mailservice.operator.status.StatusRendering;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** One tick of one MailService: gather, decide, and tell who must know. */
@ApplicationScoped
public class FleetTick {
  private final FleetCache cache;
  private final Gatherer gatherer;
  private final Decisions decisions;
  private final Wake wake;
  private final Announcer announcer;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Timer duration;

  FleetTick(
      FleetCache cache,
      Gatherer gatherer,
      Decisions decisions,
      Wake wake,
      Announcer announcer,
      Clock clock,
      MeterRegistry meters) {
    this.cache = cache;
    this.gatherer = gatherer;
    this.decisions = decisions;
    this.wake = wake;
    this.announcer = announcer;
    this.clock = clock;
    this.meters = meters;
    this.duration =
        Timer.builder("mailservice.tick.duration")
            .description("Time from the first scrape of a fleet to its decision")
            .publishPercentileHistogram()
            .register(meters);
  }

  void run(MailService mailService) throws InterruptedException {
    Timer.Sample started = Timer.start(meters);
    Fleet fleet = cache.fleetOf(mailService);
    Observation observation = gatherer.gather(fleet);
    Policy policy = Policies.of(mailService.getSpec());
    Optional<Made> last = decisions.last(mailService);
    Instant now = last.map(Made::at).map(this::notBefore).orElseGet(clock::instant);
    FleetState before =
        last.map(made -> made.decision().state())
            .orElseGet(() -> TakeOver.of(mailService, policy, fleet, now));
    Decision decision = Decider.decide(policy, before, observation, now);
    decisions.put(mailService, decision, now);
    Duration took = Duration.ofNanos(started.stop(duration));
    meters.counter("mailservice.decisions", "reason", decision.reason().toString()).increment();
    if (last.isEmpty() || changed(mailService, last.get().decision(), decision)) {
      wake.reconcilerOf(mailService);
    }
    announcer.announce(mailService, before, decision, took);
  }

  /** The wall clock may be set back; a decision must not be. */
  private Instant notBefore(Instant last) {
    Instant now = clock.instant();
    return now.isBefore(last) ? last : now;
  }

  private static boolean changed(MailService mailService, Decision last, Decision next) {
    return last.state().replicas() != next.state().replicas()
        || last.state().stressed() != next.state().stressed()
        || !Objects.equals(last.metrics(), next.metrics())
        || StatusRendering.untilMustMove(MailServiceStatus.of(mailService), next.state().stress());
  }
}
