package dev.mailservice.e2e.flood;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a run tells while it goes; with {@code --json} each is a line of its own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FloodEvent.Started.class, name = "started"),
  @JsonSubTypes.Type(value = FloodEvent.Notice.class, name = "notice"),
  @JsonSubTypes.Type(value = FloodEvent.Onset.class, name = "onset"),
  @JsonSubTypes.Type(value = FloodEvent.StressedBanner.class, name = "stressed_banner"),
  @JsonSubTypes.Type(value = FloodEvent.FloodEnded.class, name = "flood_ended"),
  @JsonSubTypes.Type(value = FloodEvent.Second.class, name = "second"),
  @JsonSubTypes.Type(value = FloodEvent.Mail.class, name = "mail"),
  @JsonSubTypes.Type(value = FloodEvent.Summary.class, name = "summary")
})
public sealed interface FloodEvent {
  /** When it happened, by this machine's clock. */
  Instant at();

  /** Good mail begins. */
  record Started(Instant at, String target, int hogs, HogKind kind, double goodPerSecond, long seed)
      implements FloodEvent {}

  /** Something that whoever reads the numbers should know. */
  record Notice(Instant at, String text) implements FloodEvent {}

  /** The hogs connect. */
  record Onset(Instant at) implements FloodEvent {}

  /** A greeting was that of a stressed server, for the first time. */
  record StressedBanner(Instant at, String banner) implements FloodEvent {}

  /** The hogs are gone. */
  record FloodEnded(Instant at) implements FloodEvent {}

  /**
   * The second that just passed.
   *
   * @param second its number from the start, the first is 1
   * @param good mail offered in it, and mail whose fate was known in it
   * @param hogsWaiting connected and without a greeting
   * @param hogsHolding holding a session
   * @param hogsDropped sessions lost in it
   * @param hogsTurnedAway connections in it that got no session
   * @param goodInFlight good mail without an outcome yet
   */
  record Second(
      Instant at,
      long second,
      Phase phase,
      Totals good,
      int hogsWaiting,
      int hogsHolding,
      long hogsDropped,
      long hogsTurnedAway,
      int goodInFlight)
      implements FloodEvent {}

  /** A good mail's fate is known. */
  record Mail(Instant at, Delivery delivery) implements FloodEvent {}

  /**
   * The whole run.
   *
   * @param total all good mail
   * @param calm meant to be sent before the flood
   * @param flood meant to be sent between the flood's onset and its end
   * @param after meant to be sent after the flood
   * @param onsetToFirstStressedBannerS seconds, null when none was seen after the onset
   * @param hogsDropped sessions that hogs lost
   * @param hogsTurnedAway connections of hogs that got no session
   */
  record Summary(
      Instant at,
      Totals total,
      Totals calm,
      Totals flood,
      Totals after,
      @Nullable Double onsetToFirstStressedBannerS,
      long hogsDropped,
      long hogsTurnedAway)
      implements FloodEvent {}
}
