package dev.mailservice.e2e.demo;

import java.io.BufferedReader;

/** A flood that runs somewhere else. */
public interface RunningFlood extends AutoCloseable {
  /** Its events, a line of JSON each, until it has ended. */
  BufferedReader events();

  /** Asks it to sum up and end. */
  void stop();

  /** Ends it at once, if it has not ended. */
  @Override
  void close();
}
