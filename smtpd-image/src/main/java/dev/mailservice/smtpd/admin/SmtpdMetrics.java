package dev.mailservice.smtpd.admin;

import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.memory.MemoryWatch;
import dev.mailservice.smtpd.session.Events;
import dev.mailservice.smtpd.slots.Backlog;
import dev.mailservice.smtpd.slots.DrainCount;
import dev.mailservice.smtpd.slots.Personality;
import dev.mailservice.smtpd.slots.Slots;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
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

  /** Registers what the server's parts tell. */
  public SmtpdMetrics(
      Slots slots,
      Backlog backlog,
      Personality<?> personality,
      Delivery delivery,
      MemoryWatch memory,
      LongSupplier droppedLogLines) {
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
        droppedLogLines::getAsLong);
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
