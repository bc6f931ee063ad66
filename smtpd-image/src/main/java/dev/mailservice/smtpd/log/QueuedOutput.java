package dev.mailservice.smtpd.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * Hands lines to one thread that writes them, so that no session waits for the reader of standard
 * output: a reader that stalls would otherwise stop mail. Lines for which there is no room are
 * dropped and counted, and a line says how many where they would have stood.
 */
public final class QueuedOutput implements LogOutput, AutoCloseable {
  private static final int MOST_AT_ONCE = 64 * 1024;

  /**
   * How long after a write the next lines may wait to be written together. A line that comes to a
   * thread that sleeps has to wake it, which costs more than all else that a line does.
   */
  private static final Duration GATHERING = Duration.ofMillis(10);

  private final OutputStream out;
  private final int capacity;
  private final LongFunction<byte[]> notice;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> queue = new ArrayDeque<>();
  private int queued;
  private long missing;
  private long dropped;
  private boolean writing;
  private boolean idle;
  private boolean closed;

  /**
   * Starts the thread that writes.
   *
   * @param out written to by that thread alone; may block
   * @param capacity bytes that may wait to be written
   * @param notice the line that says how many lines are missing
   */
  public QueuedOutput(OutputStream out, int capacity, LongFunction<byte[]> notice) {
    this.out = out;
    this.capacity = capacity;
    this.notice = notice;
    Thread.ofPlatform().daemon().name("log").start(this::writeUntilClosed);
  }

  @Override
  public void write(byte[] line) {
    lock.lock();
    try {
      if (queued + line.length > capacity || closed) {
        missing++;
        dropped++;
        return;
      }
      if (missing > 0) {
        enqueue(notice.apply(missing));
        missing = 0;
      }
      enqueue(line);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Whether lines wait that the writing thread has not taken yet. */
  boolean isWaiting() {
    lock.lock();
    try {
      return !queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(byte[] line) {
    queue.add(line);
    queued += line.length;
    if (idle) {
      idle = false;
      changed.signalAll();
    }
  }

  private void writeUntilClosed() {
    try {
      for (byte[] lines = next(); lines.length > 0; lines = next()) {
        write(out, lines);
        gather();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void gather() throws InterruptedException {
    lock.lock();
    try {
      writing = false;
      changed.signalAll();
      long left = GATHERING.toNanos();
      while (queued < MOST_AT_ONCE && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** As many whole lines as one write should have; none at the end. */
  private byte[] next() throws InterruptedException {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        idle = true;
        changed.await();
      }
      idle = false;
      var lines = new ByteArrayOutputStream();
      while (!queue.isEmpty() && lines.size() < MOST_AT_ONCE) {
        lines.writeBytes(queue.remove());
      }
      queued -= lines.size();
      writing = lines.size() > 0;
      return lines.toByteArray();
    } finally {
      lock.unlock();
    }
  }

  private void write(OutputStream to, byte[] lines) {
    try {
      to.write(lines);
      to.flush();
    } catch (IOException e) {
      // The reader is gone. Mail goes on, and metrics tell that nobody reads of it.
      long count = lines(lines);
      lock.lock();
      try {
        dropped += count;
        missing += count;
      } finally {
        lock.unlock();
      }
    }
  }

  private static long lines(byte[] text) {
    long count = 0;
    for (byte c : text) {
      if (c == '\n') {
        count++;
      }
    }
    return count;
  }

  /**
   * Waits until everything is written, but no longer than this.
   *
   * @throws InterruptedException if the thread is interrupted before
   */
  public void flush(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      if (missing > 0) {
        enqueue(notice.apply(missing));
        missing = 0;
      }
      while ((!queue.isEmpty() || writing) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more lines; what waits is still written. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
