package dev.mailservice.e2e.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be taken back in the end, the newest first. It runs once, whether the demo ends by
 * itself or by Ctrl-C; whoever comes second waits until it is done.
 */
final class Undo {
  /** Takes something back. */
  interface Step {
    /** May fail; the steps after it are tried all the same. */
    void run() throws InterruptedException;
  }

  /** Is told what could not be taken back. */
  interface OnFailure {
    /** One step failed. */
    void failed(String what, String why);
  }

  private record Named(String what, Step step) {}

  private final Deque<Named> steps = new ArrayDeque<>();

  synchronized void add(String what, Step step) {
    steps.push(new Named(what, step));
  }

  synchronized void run(OnFailure onFailure) {
    while (!steps.isEmpty()) {
      Named named = steps.pop();
      try {
        named.step().run();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        onFailure.failed(named.what(), "interrupted");
      } catch (RuntimeException failure) {
        onFailure.failed(named.what(), String.valueOf(failure.getMessage()));
      }
    }
  }
}
