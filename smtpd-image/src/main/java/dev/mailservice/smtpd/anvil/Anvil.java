package dev.mailservice.smtpd.anvil;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what client networks do, as anvil(8) does: a network's counters start with its first event
 * and start anew with the first event a time unit later. Safe for use by several threads.
 *
 * <p>Memory is bounded: a network without a session is forgotten a time unit after its last event,
 * or before that when too many others have come since.
 */
public final class Anvil {
  private static final int MAX_QUIET = 50_000;

  private final long timeUnit;
  private final LongSupplier nanos;

  private final Map<String, Network> withSession = new HashMap<>();

  /** The one that has been quiet for longest comes first. */
  private final Map<String, Network> quiet = new LinkedHashMap<>();

  /** What is counted. */
  enum Event {
    CONNECTION,
    MESSAGE,
    RECIPIENT,
    NEW_TLS_SESSION,
    AUTH
  }

  private static final class Network {
    private final Map<Event, Integer> rates = new EnumMap<>(Event.class);
    private int sessions;
    private long since;
    private long quietSince;

    Network(long since) {
      this.since = since;
    }
  }

  /**
   * @param timeUnit {@code anvil_rate_time_unit}
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public Anvil(Duration timeUnit, LongSupplier nanos) {
    this.timeUnit = timeUnit.toNanos();
    this.nanos = nanos;
  }

  /**
   * A session begins.
   *
   * @return how many the network has now, with this one
   */
  synchronized int open(String network) {
    long now = nanos.getAsLong();
    forget(now);
    Network its = withSession.get(network);
    if (its == null) {
      its = quiet.containsKey(network) ? quiet.remove(network) : new Network(now);
      withSession.put(network, its);
    }
    its.sessions++;
    return its.sessions;
  }

  /** A session ends. */
  synchronized void close(String network) {
    Network its = open(withSession.get(network), network);
    its.sessions--;
    its.quietSince = nanos.getAsLong();
    if (its.sessions == 0) {
      withSession.remove(network);
      quiet.put(network, its);
    }
  }

  /**
   * Something happens in a session.
   *
   * @return how often it has in the network's time unit, with this time
   */
  synchronized int count(String network, Event event) {
    Network its = open(withSession.get(network), network);
    long now = nanos.getAsLong();
    if (now - its.since >= timeUnit) {
      its.rates.clear();
      its.since = now;
    }
    return its.rates.merge(event, 1, Integer::sum);
  }

  /** How often something has happened in the time unit of a network that has a session. */
  synchronized int rate(String network, Event event) {
    Network its = open(withSession.get(network), network);
    return nanos.getAsLong() - its.since >= timeUnit ? 0 : its.rates.getOrDefault(event, 0);
  }

  /** How many networks are known. */
  synchronized int size() {
    return withSession.size() + quiet.size();
  }

  /** How many of them have a session. */
  public synchronized int active() {
    return withSession.size();
  }

  private static Network open(@Nullable Network its, String network) {
    if (its == null) {
      throw new IllegalStateException("no session is open from " + network);
    }
    return its;
  }

  private void forget(long now) {
    Iterator<Network> oldest = quiet.values().iterator();
    while (oldest.hasNext()) {
      Network its = oldest.next();
      if (quiet.size() <= MAX_QUIET && now - its.quietSince < timeUnit) {
        return;
      }
      oldest.remove();
    }
  }
}
