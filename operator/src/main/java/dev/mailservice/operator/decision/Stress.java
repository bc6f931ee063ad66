package dev.mailservice.operator.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a fleet is stressed.
 *
 * @param since when it became so
 * @param until when it is taken back unless it is saturated again; null when it was asked for and
 *     the fleet was not saturated meanwhile
 * @param reason why it became so
 */
public record Stress(Instant since, @Nullable Instant until, Reason reason) {

  Stress movedOnTo(Instant later) {
    return new Stress(since, later, reason);
  }
}
