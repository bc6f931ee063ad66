package dev.mailservice.e2e.demo;

import dev.mailservice.e2e.flood.FloodEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that was seen of a run, in the order seen.
 *
 * @param flood what the flood told
 * @param fleet what changed in the fleet
 * @param samples the fleet's state at each second that the flood told
 */
public record RunRecord(List<FloodEvent> flood, List<FleetChange> fleet, List<Sample> samples) {
  /** Copies the lists. */
  public RunRecord {
    flood = List.copyOf(flood);
    fleet = List.copyOf(fleet);
    samples = List.copyOf(samples);
  }

  /**
   * A second of the run.
   *
   * @param second what the flood told
   * @param fleet the fleet at its end
   */
  public record Sample(FloodEvent.Second second, FleetState fleet) {}

  /** When the hogs came. */
  Optional<Instant> onset() {
    return floodEvents(FloodEvent.Onset.class).map(FloodEvent.Onset::at).findFirst();
  }

  /** When the hogs were gone. */
  Optional<Instant> floodEnd() {
    return floodEvents(FloodEvent.FloodEnded.class).map(FloodEvent.FloodEnded::at).findFirst();
  }

  /** The first change of the pod template to stress=yes at or after the onset. */
  Optional<Instant> stressed() {
    return onset()
        .flatMap(
            onset ->
                fleetChanges(FleetChange.TemplateStress.class)
                    .filter(change -> change.stressed() && !change.at().isBefore(onset))
                    .map(FleetChange.TemplateStress::at)
                    .findFirst());
  }

  /** The change of the pod template back to calm that followed. */
  Optional<Instant> calmAgain() {
    return stressed()
        .flatMap(
            stressed ->
                fleetChanges(FleetChange.TemplateStress.class)
                    .filter(change -> !change.stressed() && change.at().isAfter(stressed))
                    .map(FleetChange.TemplateStress::at)
                    .findFirst());
  }

  /** Events of one kind. */
  <E extends FloodEvent> Stream<E> floodEvents(Class<E> kind) {
    return flood.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Changes of one kind. */
  <C extends FleetChange> Stream<C> fleetChanges(Class<C> kind) {
    return fleet.stream().filter(kind::isInstance).map(kind::cast);
  }
}
