package dev.mailservice.smtpd.memory;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Memory that others answer for. */
record UnwatchedMemory() implements Memory {
  @Override
  public long heapLimit() {
    return Runtime.getRuntime().maxMemory();
  }

  @Override
  public OptionalLong containerLimit() {
    return OptionalLong.empty();
  }

  @Override
  public MemoryUse use() {
    return new MemoryUse(0, heapLimit(), 0, OptionalLong.empty());
  }

  @Override
  public boolean awaitCollection(Duration atMost) throws InterruptedException {
    Thread.sleep(atMost);
    return false;
  }

  @Override
  public Optional<MemoryBudget> budget() {
    return Optional.empty();
  }

  @Override
  public void collect() {}
}
