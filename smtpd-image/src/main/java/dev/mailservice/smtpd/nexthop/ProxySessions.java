package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions with one next hop: those in use and those kept for the next message, together never
 * more than the limit. Safe for use by several threads.
 */
final class ProxySessions implements AutoCloseable {
  private final NextHopAddress address;
  private final Supplier<NextHop.Settings> settings;
  private final LongSupplier nanos;
  private final int limit;
  private final Runnable shortage;
  private final ReplyTimes replyTimes;
  private final Semaphore free;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waits = new AtomicLong();
  private final Deque<Kept> kept = new ArrayDeque<>();
  private boolean watched;
  private boolean closed;

  private record Kept(ProxySession session, long since) {}

  /**
   * @param shortage hears that somebody has to wait because all are in use, on the thread that does
   */
  ProxySessions(
      NextHopAddress address,
      Supplier<NextHop.Settings> settings,
      int limit,
      Runnable shortage,
      ReplyTimes replyTimes,
      LongSupplier nanos) {
    this.address = address;
    this.settings = settings;
    this.limit = limit;
    this.shortage = shortage;
    this.replyTimes = replyTimes;
    this.nanos = nanos;
    // Who waits longest is next: else those who come back at once could keep the others waiting.
    this.free = new Semaphore(limit, true);
  }

  /** How many are in use. */
  int active() {
    return limit - free.availablePermits();
  }

  /** How many transactions wait for one. */
  int waiting() {
    return waiting.get();
  }

  /** How many transactions have had to wait for one since the start. */
  long waits() {
    return waits.get();
  }

  /** How many wait for the next message. */
  synchronized int idle() {
    return kept.size();
  }

  /**
   * A session, kept or new. Whoever takes one returns it with {@link #giveBack} or {@link #end}.
   *
   * @throws IOException if all are in use for too long, or nobody answers
   */
  ProxySession take(Duration patience) throws IOException {
    if (!acquire(patience)) {
      throw new IOException(
          "connect to proxy filter %s: no free session after %ds, %d are in use"
              .formatted(address, patience.toSeconds(), limit));
    }
    try {
      ProxySession session = takeKept();
      return session != null ? session : begin();
    } catch (IOException e) {
      free.release();
      throw e;
    }
  }

  /**
   * A new session in the place of a kept one that has died. The other kept ones are older than
   * whatever killed it, so they end, too.
   *
   * @throws IOException if nobody answers; the dead one still has to be ended
   */
  ProxySession replace(ProxySession dead) throws IOException {
    dead.connection().closeQuietly();
    forget();
    return begin();
  }

  private ProxySession begin() throws IOException {
    long begun = nanos.getAsLong();
    ProxySession session = ProxySession.begin(address, settings.get(), nanos);
    replyTimes.add(ReplyTimes.Kind.CONNECT, nanos.getAsLong() - begun);
    return session;
  }

  private boolean acquire(Duration patience) throws IOException {
    try {
      // With a time, even none, it passes nobody who waits.
      return free.tryAcquire(0, TimeUnit.MILLISECONDS) || waitForOne(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(
          "connect to proxy filter %s: interrupted while waiting".formatted(address), e);
    }
  }

  private boolean waitForOne(Duration patience) throws InterruptedException {
    waits.incrementAndGet();
    waiting.incrementAndGet();
    try (var unused = SessionTime.waitFor(WaitingFor.NEXT_HOP)) {
      shortage.run();
      return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private synchronized @Nullable ProxySession takeKept() {
    long now = nanos.getAsLong();
    while (!kept.isEmpty()) {
      Kept newest = kept.removeLast();
      if (isFresh(newest, now) && isQuiet(newest.session())) {
        return newest.session();
      }
      newest.session().connection().closeQuietly();
    }
    return null;
  }

  private boolean isFresh(Kept it, long now) {
    NextHop.Settings current = settings.get();
    return now - it.since() < current.idleLimit().toNanos()
        && now - it.session().begunAt() < current.ageLimit().toNanos();
  }

  /** What it says unasked can only be that it ends. */
  private static boolean isQuiet(ProxySession session) {
    try {
      return !session.connection().hasInput();
    } catch (IOException e) {
      return false;
    }
  }

  /** The session may carry the next message, if it is young enough. */
  void giveBack(ProxySession session) {
    if (!keep(session)) {
      session.quit();
    }
    free.release();
  }

  private synchronized boolean keep(ProxySession session) {
    var it = new Kept(session.kept(), nanos.getAsLong());
    // That it has said something since is for whoever takes it to notice.
    if (closed || !isFresh(it, it.since()) || session.connection().hasReceived()) {
      return false;
    }
    kept.addLast(it);
    if (!watched) {
      watched = true;
      Thread.ofVirtual().name("kept next-hop sessions").start(this::endTheIdle);
    }
    return true;
  }

  /**
   * Nobody may use the session again. Its connection is closed already, or closed by the caller.
   */
  void end() {
    free.release();
  }

  /** Runs as long as sessions are kept. */
  private void endTheIdle() {
    try {
      while (endExpired()) {
        Thread.sleep(Math.clamp(settings.get().idleLimit().toMillis() / 4, 10, 1000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean endExpired() {
    long now = nanos.getAsLong();
    while (!kept.isEmpty() && !isFresh(kept.getFirst(), now)) {
      kept.removeFirst().session().quit();
    }
    watched = !kept.isEmpty();
    return watched;
  }

  private synchronized void forget() {
    kept.forEach(it -> it.session().quit());
    kept.clear();
  }

  /** Ends those that are kept; those in use end when they are given back. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    forget();
  }
}
