package dev.mailservice.e2e.bench.start;

/** Work that keeps one core busy and is of no use, until it is closed. */
final class BusyCore implements AutoCloseable {
  private final Thread thread = Thread.ofPlatform().name("busy core").daemon().unstarted(this::run);
  private volatile boolean ended;

  private BusyCore() {}

  static BusyCore start() {
    var core = new BusyCore();
    core.thread.start();
    return core;
  }

  private void run() {
    while (!ended) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    ended = true;
  }
}
