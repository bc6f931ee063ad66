package dev.mailservice.operator.loop;

import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.apply.ServerSideApply;
import dev.mailservice.operator.cluster.FleetCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The fast loop: while this process leads, every MailService ticks on the schedule, each on a
 * virtual thread of its own. One whose last tick has not ended is passed over.
 */
@ApplicationScoped
public class FastLoop {
  private static final Logger LOG = Logger.getLogger(FastLoop.class);

  private final FleetCache cache;
  private final FleetTick fleetTick;
  private final Decisions decisions;
  private final ServerSideApply serverSideApply;
  private final Duration period;
  private final Counter ticks;
  private final Counter overruns;
  private final Set<ResourceID> running = ConcurrentHashMap.newKeySet();

  private @Nullable Schedule schedule;

  private record Schedule(ScheduledExecutorService clock, ExecutorService threads) {}

  FastLoop(
      FleetCache cache,
      FleetTick fleetTick,
      Decisions decisions,
      ServerSideApply serverSideApply,
      OperatorSettings settings,
      MeterRegistry meters) {
    this.cache = cache;
    this.fleetTick = fleetTick;
    this.decisions = decisions;
    this.serverSideApply = serverSideApply;
    this.period = settings.tick();
    this.ticks = meters.counter("mailservice.ticks");
    this.overruns = meters.counter("mailservice.tick.overruns");
  }

  /** Starts to tick, with nothing remembered but what the cluster remembers. */
  synchronized void start() {
    if (schedule != null) {
      return;
    }
    decisions.clear();
    var clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("fast-loop").daemon().factory());
    schedule = new Schedule(clock, Executors.newVirtualThreadPerTaskExecutor());
    ExecutorService threads = schedule.threads;
    var unused =
        clock.scheduleAtFixedRate(() -> tick(threads), 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops to tick; when it returns no tick is under way. */
  synchronized void stop() {
    if (schedule == null) {
      return;
    }
    schedule.clock.shutdownNow();
    schedule.threads.shutdownNow();
    schedule.threads.close();
    schedule = null;
    // Without a decision the reconciler writes nothing: who leads no more must not.
    decisions.clear();
  }

  private void tick(ExecutorService threads) {
    try {
      ticks.increment();
      List<MailService> all = cache.mailServices().toList();
      forgetAllBut(all);
      for (MailService mailService : all) {
        tick(threads, mailService);
      }
    } catch (RuntimeException e) {
      // An exception would end the schedule, and with it every fleet's protection.
      LOG.error("a tick failed; the next one is not affected", e);
    }
  }

  private void forgetAllBut(List<MailService> present) {
    decisions.keepOnly(present.stream().map(ResourceID::fromResource).collect(Collectors.toSet()));
    serverSideApply.keepOnly(
        present.stream()
            .map(mailService -> mailService.getMetadata().getUid())
            .collect(Collectors.toSet()));
  }

  private void tick(ExecutorService threads, MailService mailService) {
    ResourceID id = ResourceID.fromResource(mailService);
    if (mailService.isMarkedForDeletion()) {
      return;
    }
    if (!running.add(id)) {
      overruns.increment();
      return;
    }
    threads.execute(
        () -> {
          try {
            fleetTick.run(mailService);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            LOG.errorf(e, "the tick of %s failed; the next one is not affected", id);
          } finally {
            running.remove(id);
          }
        });
  }
}
