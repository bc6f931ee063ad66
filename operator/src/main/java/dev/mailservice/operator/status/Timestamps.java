package dev.mailservice.operator.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as the status spells them: RFC 3339 in UTC. */
public final class Timestamps {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /** With milliseconds, for {@code status.stress}. */
  public static String withMilliseconds(Instant time) {
    return MILLISECONDS.format(time);
  }

  /** With seconds, as Kubernetes writes {@code lastTransitionTime}. */
  public static String withSeconds(Instant time) {
    return SECONDS.format(time);
  }

  /** The time that {@code text} spells; empty if there is none or it is none. */
  public static Optional<Instant> parse(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
