package dev.mailservice.e2e.sink;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Every message that a sink said 250 to, by Message-ID, and how often. */
public final class Ledger {
  private final Instant since;
  private final Map<String, Integer> times = new ConcurrentHashMap<>();
  private final Set<String> damaged = ConcurrentHashMap.newKeySet();
  private final LongAdder withoutId = new LongAdder();

  /**
   * An empty ledger.
   *
   * @param since when it was opened: a later one than a test's start means that the sink restarted
   */
  public Ledger(Instant since) {
    this.since = since;
  }

  /** Notes a message before it is acknowledged; an empty id is a message without Message-ID. */
  public void record(String messageId) {
    if (messageId.isEmpty()) {
      withoutId.increment();
    } else {
      times.merge(messageId, 1, Integer::sum);
    }
  }

  /** Forgets everything, for another run of the same sink. */
  public void clear() {
    times.clear();
    withoutId.reset();
    damaged.clear();
  }

  /**
   * Notes a message that is not as it was sent: its Content-MD5 (RFC 1864) is not that of its body.
   */
  public void recordDamaged(String messageId) {
    damaged.add(messageId);
  }

  /** Message-IDs of messages that came damaged, at least once. */
  public Set<String> damaged() {
    return Set.copyOf(damaged);
  }

  /** What has been noted so far. */
  public Snapshot snapshot() {
    return new Snapshot(since, withoutId.sum(), new TreeMap<>(times));
  }

  /**
   * A ledger at one moment, as {@code GET /ledger} gives it.
   *
   * @param since when the ledger was opened
   * @param withoutMessageId how many messages had no Message-ID
   * @param messages how often each Message-ID was acknowledged
   */
  public record Snapshot(Instant since, long withoutMessageId, Map<String, Integer> messages) {
    /** Copies the map. */
    public Snapshot {
      messages = Map.copyOf(messages);
    }
  }
}
