package dev.mailservice.smtpd.admin;

import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.memory.MemoryWatch;
import dev.mailservice.smtpd.nexthop.ReplyTimes;
import dev.mailservice.smtpd.session.Events;
import dev.mailservice.smtpd.slots.Backlog;
import dev.mailservice.smtpd.slots.BacklogOverflow;
import dev.mailservice.smtpd.slots.Descriptors;
import dev.mailservice.smtpd.slots.DrainCount;
import dev.mailservice.smtpd.slots.Personality;
import dev.mailservice.smtpd.slots.Slots;
import dev.mailservice.smtpd.waiting.SessionTimes;
import dev.mailservice.smtpd.waiting.WaitingFor;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The server's metrics, one registry, all with the label {@code service}. */
public final class SmtpdMetrics implements Events {
  private static final String SERVICE = "smtp";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter connections = counter("smtpd_connections", "Clients accepted.");
  private final Counter messages = counter("smtpd_messages", "Messages acknowledged to clients.");
  private final Counter timeouts =
      counter("smtpd_timeouts", "Clients hung up on because they were too slow.");
  private final Counter nextHopFailures =
      counter("smtpd_next_hop_failures", "Times that the next hop could not be used.");
  private final Counter refusals =
      Counter.builder()
          .name("smtpd_refusals")
          .help("Recipients and messages refused, by SMTP reply code.")
          .labelNames("service", "code")
          .register(registry);

  /**
   * Whom the metrics are asked of.
   *
   * @param acceptFailures how often a client could not be accepted
   * @param droppedLogLines lines of the log that nobody has read
   */
  public record Parts(
      Slots slots,
      Backlog backlog,
      BacklogOverflow overflow,
      Descriptors descriptors,
      Personality<?> personality,
      Delivery delivery,
      MemoryWatch memory,
      SessionTimes times,
      ReplyTimes replyTimes,
      LongSupplier acceptFailures,
      LongSupplier droppedLogLines) {}

  /** Registers what the server's parts tell. */
  public SmtpdMetrics(Parts parts) {
    Slots slots = parts.slots();
    Backlog backlog = parts.backlog();
    Personality<?> personality = parts.personality();
    Delivery delivery = parts.delivery();
    MemoryWatch memory = parts.memory();
    gauge("smtpd_sessions_active", "Slots taken.", () -> slots.usage().active());
    gauge("smtpd_process_limit", "Slots in all.", () -> slots.usage().limit());
    gauge(
        "smtpd_listen_backlog",
        "Clients that wait, connected, for a slot.",
        () -> backlog.length().orElse(0));
    gauge(
        "smtpd_stress",
        "1 under the stressed personality, 0 when calm.",
        () -> personality.isStressed() ? 1 : 0);
    gauge("smtpd_draining", "1 while the server drains.", () -> personality.isDraining() ? 1 : 0);
    drain(slots);
    overload(parts);
    waiting(parts.times());
    replies(parts.replyTimes());
    gauge("smtpd_next_hop_sessions", "Sessions open with the next hop.", delivery::active);
    gauge(
        "smtpd_next_hop_waiting",
        "Transactions that wait for a session with the next hop.",
        delivery::waiting);
    callbackCounter(
        "smtpd_next_hop_waits",
        "Transactions that found all sessions with the next hop in use.",
        delivery::waits);
    callbackCounter(
        "smtpd_log_lines_dropped",
        "Lines of the mail log dropped because nobody has read them.",
        () -> parts.droppedLogLines().getAsLong());
    callbackCounter(
        "smtpd_saturations",
        "How often the last free slot was taken, all sessions with the next hop were in use, or memory"
            + " was short.",
        // One counter: who leads needs to know that there is too little, and not of what.
        () -> slots.usage().saturations() + delivery.waits() + memory.shortages());
    callbackCounter(
        "smtpd_saturated_seconds",
        "How long all slots were taken.",
        () -> slots.usage().saturatedFor().toNanos() / 1e9);
    memory(memory);
  }

  private void memory(MemoryWatch memory) {
    gauge(
        "smtpd_memory_short",
        "1 while clients and messages are refused because memory is short.",
        () -> memory.isShort() ? 1 : 0);
    callbackCounter(
        "smtpd_memory_shortages", "How often memory has become short.", memory::shortages);
    callbackCounter(
        "smtpd_memory_refusals",
        "Clients and messages refused because memory was short.",
        memory::refusals);
    gauge(
        "smtpd_heap_bytes",
        "Memory of the Java heap in use after the last collection of garbage.",
        memory::heapAfterCollection);
    gauge(
        "smtpd_heap_limit_bytes",
        "What the Java heap may grow to.",
        () -> memory.memory().heapLimit());
  }

  private void drain(Slots slots) {
    callbackCounter(
        "smtpd_drain_sessions",
        "Sessions that the drain has found or that began since.",
        () -> slots.drainCount().found() + slots.drainCount().accepted());
    CounterWithCallback.builder()
        .name("smtpd_drain_outcomes")
        .help("Sessions that are over since the drain began, by how they ended.")
        .labelNames("service", "outcome")
        .callback(
            callback -> {
              DrainCount count = slots.drainCount();
              callback.call(count.finished(), SERVICE, "finished");
              callback.call(count.dismissed(), SERVICE, "dismissed");
              callback.call(count.cut(), SERVICE, "cut");
            })
        .register(registry);
  }

  private void overload(Parts parts) {
    callbackCounter(
        "smtpd_listen_overflows",
        "Clients that found the queue of those who wait full, as the network's kernel counts them.",
        () -> parts.overflow().count());
    callbackCounter(
        "smtpd_accept_failures",
        "Times that a client could not be accepted, for example out of file descriptors.",
        () -> parts.acceptFailures().getAsLong());
    gauge("process_open_fds", "Open file descriptors.", () -> parts.descriptors().open());
    gauge(
        "process_max_fds",
        "Most file descriptors that may be open; 0 for any number.",
        () -> parts.descriptors().max().orElse(0));
  }

  private void waiting(SessionTimes times) {
    GaugeWithCallback.builder()
        .name("smtpd_sessions_waiting")
        .help("Sessions by whom they wait for at this moment; the sum is that of all sessions.")
        .labelNames("service", "waiting_for")
        .callback(
            callback -> {
              SessionTimes.Look look = times.look();
              for (WaitingFor what : WaitingFor.values()) {
                callback.call(look.sessions(what), SERVICE, what.key());
              }
            })
        .register(registry);
    CounterWithCallback.builder()
        .name("smtpd_session_seconds")
        .help("Time of sessions by whom they waited for; the sum is the time of all sessions.")
        .labelNames("service", "waiting_for")
        .callback(
            callback -> {
              SessionTimes.Look look = times.look();
              for (WaitingFor what : WaitingFor.values()) {
                callback.call(look.nanos(what) / 1e9, SERVICE, what.key());
              }
            })
        .register(registry);
  }

  private void replies(ReplyTimes times) {
    var metadata =
        new MetricMetadata(
            "smtpd_next_hop_reply_seconds",
            "How long the next hop took for its replies, by what was replied to.");
    registry.register(
        () ->
            new HistogramSnapshot(
                metadata,
                Arrays.stream(ReplyTimes.Kind.values())
                    .map(kind -> histogram(kind, times.look(kind)))
                    .toList()));
  }

  private static HistogramDataPointSnapshot histogram(ReplyTimes.Kind kind, ReplyTimes.Look look) {
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(
            ClassicHistogramBuckets.of(
                Arrays.stream(look.bounds()).boxed().toList(),
                Arrays.stream(look.counts()).boxed().toList()))
        .sum(look.seconds())
        .labels(Labels.of("service", SERVICE, "to", kind.name().toLowerCase(Locale.ROOT)))
        .build();
  }

  /** Where all of them stand. */
  PrometheusRegistry registry() {
    return registry;
  }

  @Override
  public void connected() {
    connections.labelValues(SERVICE).inc();
  }

  @Override
  public void messageAccepted() {
    messages.labelValues(SERVICE).inc();
  }

  @Override
  public void refused(int code) {
    refusals.labelValues(SERVICE, String.valueOf(code)).inc();
  }

  @Override
  public void timedOut() {
    timeouts.labelValues(SERVICE).inc();
  }

  @Override
  public void nextHopFailed() {
    nextHopFailures.labelValues(SERVICE).inc();
  }

  private Counter counter(String name, String help) {
    Counter counter =
        Counter.builder().name(name).help(help).labelNames("service").register(registry);
    counter.initLabelValues(SERVICE);
    return counter;
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("service")
        .callback(callback -> callback.call(value.getAsDouble(), SERVICE))
        .register(registry);
  }

  private void callbackCounter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("service")
        .callback(callback -> callback.call(value.getAsDouble(), SERVICE))
        .register(registry);
  }
}
