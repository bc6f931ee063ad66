package dev.mailservice.smtpd.memory;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The memory of this process and of its container.
 *
 * <p>That garbage was collected is told by an object that nobody holds: {@code java.management}
 * would tell it, too, but takes a megabyte of the image and 30 ms of the start.
 */
public final class ProcessMemory implements Memory {
  private final Runtime runtime = Runtime.getRuntime();
  private final ContainerMemory container =
      new ContainerMemory(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
  private final OptionalLong containerLimit = container.limit();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /** Held, for a reference that is garbage itself is never queued. */
  private WeakReference<Object> unheld = new WeakReference<>(new Object(), collected);

  @Override
  public long heapLimit() {
    return runtime.maxMemory();
  }

  @Override
  public OptionalLong containerLimit() {
    return containerLimit;
  }

  @Override
  public MemoryUse use() {
    return new MemoryUse(
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        containerLimit.isPresent() ? container.used() : 0,
        containerLimit);
  }

  @Override
  public boolean awaitCollection(Duration atMost) throws InterruptedException {
    if (collected.remove(atMost.toMillis()) == null) {
      return false;
    }
    unheld = new WeakReference<>(new Object(), collected);
    return true;
  }

  @Override
  public void collect() {
    System.gc();
  }
}
