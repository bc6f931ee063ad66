package dev.mailservice.smtpd;

import dev.mailservice.smtpd.memory.Memory;
import dev.mailservice.smtpd.memory.MemoryUse;
import java.time.Duration;
import java.util.OptionalLong;

/** Memory of which as much is used as a test says. */
final class TestMemory implements Memory {
  private static final Duration SOON = Duration.ofMillis(2);

  private volatile double used;

  /** From now on so much of the heap is in use, and all of it lasts. */
  void use(double part) {
    used = part;
  }

  @Override
  public long heapLimit() {
    return 100 << 20;
  }

  @Override
  public OptionalLong containerLimit() {
    return OptionalLong.empty();
  }

  @Override
  public MemoryUse use() {
    return new MemoryUse((long) (used * heapLimit()), heapLimit(), 0, OptionalLong.empty());
  }

  @Override
  public boolean awaitCollection(Duration atMost) throws InterruptedException {
    Thread.sleep(SOON);
    return true;
  }

  @Override
  public void collect() {}
}
