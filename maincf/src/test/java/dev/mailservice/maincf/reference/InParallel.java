package dev.mailservice.maincf.reference;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Many questions to Postfix's tools at once: one that refuses sleeps for a second before it ends,
 * so that one after the other would take hours.
 */
final class InParallel {
  private static final int PROCESSES = 64;

  private InParallel() {}

  /** Does this for each, and waits for all; the first failure comes out. */
  static <T> void each(List<T> list, Consumer<T> action) {
    var permits = new Semaphore(PROCESSES);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          list.stream().map(it -> threads.submit(() -> limited(permits, it, action))).toList();
      for (var one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static <T> void limited(Semaphore permits, T one, Consumer<T> action) {
    permits.acquireUninterruptibly();
    try {
      action.accept(one);
    } finally {
      permits.release();
    }
  }
}
