package dev.mailservice.e2e.soak;

import java.util.function.ToDoubleFunction;

/** Something that a server takes from the machine, and how much of it a connection may leave. */
public enum Gauge {
  /** Live objects on the Java heap, counted after a full collection. */
  LIVE_HEAP("live heap", "bytes", 1024, Sample::liveHeap),
  /** VmRSS, proc_pid_status(5). */
  RESIDENT_MEMORY("resident memory", "bytes", 1024, Sample::residentMemory),
  /** Threads, proc_pid_status(5): virtual threads are heap. */
  THREADS("threads", "threads", 0.01, Sample::threads),
  /** Entries of /proc/PID/fd. */
  FILE_DESCRIPTORS("file descriptors", "files", 0.01, Sample::fileDescriptors);

  private final String title;
  private final String unit;
  private final double mostPerConnection;
  private final ToDoubleFunction<Sample> value;

  Gauge(String title, String unit, double mostPerConnection, ToDoubleFunction<Sample> value) {
    this.title = title;
    this.unit = unit;
    this.mostPerConnection = mostPerConnection;
    this.value = value;
  }

  /** In words. */
  String title() {
    return title;
  }

  /** What it is counted in. */
  String unit() {
    return unit;
  }

  /**
   * What counts as flat: an idle session takes about 20 KB, so that of a session that is forgotten
   * a twentieth would show; of threads and files one in a hundred connections.
   */
  double mostPerConnection() {
    return mostPerConnection;
  }

  /** Its value in a sample. */
  double of(Sample sample) {
    return value.applyAsDouble(sample);
  }
}
