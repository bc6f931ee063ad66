package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.smtp.AddressAndPort;
import dev.mailservice.e2e.smtp.Message;
import dev.mailservice.e2e.smtp.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan: good mail from the start, hogs from the onset of the flood to its end, good mail on
 * until the end. A hog and a mail are a virtual thread each.
 */
public final class Flood {
  private static final Duration MIDDLE_OF_SECOND = Duration.ofMillis(500);

  private final FloodPlan plan;
  private final SourceAddresses sources;
  private final Consumer<FloodEvent> listener;
  private final Instant startedAt;
  private final long startNanos = System.nanoTime();

  private final CountDownLatch stop = new CountDownLatch(1);
  private final ExecutorService hogs = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final HogCounts counts = new HogCounts();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Tally second = new Tally();
  private final Map<Phase, Tally> phases = new EnumMap<>(Phase.class);
  private final AtomicReference<@Nullable Instant> stressedBanner = new AtomicReference<>();
  private volatile @Nullable Instant onset;
  private long seconds;
  private long droppedBefore;
  private long turnedAwayBefore;

  /**
   * A run that has not begun.
   *
   * @param startedAt now; later moments are this one and the time passed since
   * @param listener is called by several threads, never by two at once
   */
  public Flood(
      FloodPlan plan, SourceAddresses sources, Instant startedAt, Consumer<FloodEvent> listener) {
    this.plan = plan;
    this.sources = sources;
    this.startedAt = startedAt;
    this.listener = synchronizedListener(listener);
    for (Phase phase : Phase.values()) {
      phases.put(phase, new Tally());
    }
  }

  /** Ends the run early; good mail that is on its way is waited for. */
  public void stop() {
    stop.countDown();
  }

  /** Runs the plan to its end or until {@link #stop()}; its last event is the summary. */
  public FloodEvent.Summary run() throws InterruptedException {
    tell(
        new FloodEvent.Started(
            now(),
            AddressAndPort.format(plan.target()),
            plan.hogs(),
            plan.kind(),
            plan.goodPerSecond(),
            plan.seed()));
    try (ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
      timer.scheduleAtFixedRate(this::reportSecond, 1, 1, TimeUnit.SECONDS);
      timer.schedule(this::beginFlood, plan.calm().toNanos(), TimeUnit.NANOSECONDS);
      timer.schedule(
          this::endFlood, plan.calm().plus(plan.flood()).toNanos(), TimeUnit.NANOSECONDS);
      sendGoodMail();
      clients.shutdown();
      boolean ended = clients.awaitTermination(plan.patience().toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        clients.shutdownNow();
      }
      timer.shutdownNow();
    } finally {
      hogs.shutdownNow();
      clients.shutdownNow();
    }
    FloodEvent.Summary summary = summary();
    tell(summary);
    return summary;
  }

  /** Starts each mail when its time has come; returns when the run is to end. */
  private void sendGoodMail() throws InterruptedException {
    Arrivals arrivals = new Arrivals(plan.goodPerSecond(), plan.arrivals(), plan.seed());
    GoodClient client = new GoodClient(plan.target(), plan.patience(), this::seeGreeting);
    MessageSource messages =
        new MessageSource(
            Long.toString(startedAt.toEpochMilli(), Character.MAX_RADIX),
            plan.sender(),
            plan.recipient(),
            plan.messageSize());
    long end =
        plan.after()
            .map(after -> plan.calm().plus(plan.flood()).plus(after).toNanos())
            .orElse(Long.MAX_VALUE);
    for (long number = 0; ; number++) {
      long arrival = arrivals.next();
      long wait = Math.min(arrival, end) - (System.nanoTime() - startNanos);
      if (stop.await(wait, TimeUnit.NANOSECONDS) || arrival >= end) {
        return;
      }
      send(client, messages.message(number, now()), number, arrival);
    }
  }

  private void send(GoodClient client, Message message, long number, long arrival) {
    Phase phase = plan.phaseAt(arrival);
    Tally ofPhase = tally(phase);
    ofPhase.offered();
    second.offered();
    inFlight.incrementAndGet();
    clients.execute(
        () ->
            client.send(
                message,
                phase,
                startNanos + arrival,
                sources.good(number),
                delivery -> {
                  inFlight.decrementAndGet();
                  ofPhase.ended(delivery);
                  second.ended(delivery);
                  tell(new FloodEvent.Mail(now(), delivery));
                }));
  }

  private void beginFlood() {
    onset = now();
    tell(new FloodEvent.Onset(now()));
    for (int number = 0; number < plan.hogs(); number++) {
      hogs.execute(
          new Hog(
              plan.target(),
              sources.hog(number),
              plan.kind().ofHog(number),
              counts,
              this::seeGreeting));
    }
  }

  private void endFlood() {
    hogs.shutdownNow();
    tell(new FloodEvent.FloodEnded(now()));
  }

  private void seeGreeting(Reply greeting) {
    if (onset == null || stressedBanner.get() != null || plan.stressedBanner().isEmpty()) {
      return;
    }
    boolean stressed = plan.stressedBanner().get().matcher(greeting.text()).find();
    if (stressed && stressedBanner.compareAndSet(null, now())) {
      tell(new FloodEvent.StressedBanner(now(), greeting.toString()));
    }
  }

  private void reportSecond() {
    seconds++;
    long dropped = counts.dropped.sum();
    long turnedAway = counts.turnedAway.sum();
    tell(
        new FloodEvent.Second(
            now(),
            seconds,
            plan.phaseAt(MIDDLE_OF_SECOND.plusSeconds(seconds - 1).toNanos()),
            second.drain(),
            counts.waiting.get(),
            counts.holding.get(),
            dropped - droppedBefore,
            turnedAway - turnedAwayBefore,
            inFlight.get()));
    droppedBefore = dropped;
    turnedAwayBefore = turnedAway;
  }

  private FloodEvent.Summary summary() {
    Tally total = new Tally();
    phases.values().forEach(total::add);
    return new FloodEvent.Summary(
        now(),
        total.totals(),
        tally(Phase.CALM).totals(),
        tally(Phase.FLOOD).totals(),
        tally(Phase.AFTER).totals(),
        onsetToFirstStressedBanner(),
        counts.dropped.sum(),
        counts.turnedAway.sum());
  }

  private @Nullable Double onsetToFirstStressedBanner() {
    Instant begun = onset;
    Instant seen = stressedBanner.get();
    if (begun == null || seen == null) {
      return null;
    }
    return Duration.between(begun, seen).toMillis() / 1000.0;
  }

  private Tally tally(Phase phase) {
    Tally tally = phases.get(phase);
    if (tally == null) {
      throw new IllegalStateException("no tally of " + phase);
    }
    return tally;
  }

  private Instant now() {
    return startedAt.plusNanos(System.nanoTime() - startNanos);
  }

  private void tell(FloodEvent event) {
    listener.accept(event);
  }

  private static Consumer<FloodEvent> synchronizedListener(Consumer<FloodEvent> listener) {
    Object lock = new Object();
    return event -> {
      synchronized (lock) {
        listener.accept(event);
      }
    };
  }
}
