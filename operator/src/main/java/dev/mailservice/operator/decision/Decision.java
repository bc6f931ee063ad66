package dev.mailservice.operator.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a fleet should do.
 *
 * @param state what to remember; its {@code replicas} and {@code stress} are what should be
 * @param reason why
 * @param announcement what to tell people, null for nothing
 * @param metrics whether the pods' metrics can be read
 * @param tally the fleet in numbers
 * @param lookAgainAt when it would be decided differently though nothing else happened, null for
 *     never
 */
public record Decision(
    FleetState state,
    Reason reason,
    @Nullable Announcement announcement,
    Metrics metrics,
    Tally tally,
    @Nullable Instant lookAgainAt) {}
