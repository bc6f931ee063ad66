package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.flood.FloodEvent;

/** Follows a run while it goes. Calls may come from several threads. */
public interface ScenarioListener {
  /** A second has passed. */
  void second(RunRecord.Sample sample);

  /** The flood told something other than a second. */
  void flood(FloodEvent event);

  /** The fleet changed. */
  void fleet(FleetChange change);
}
