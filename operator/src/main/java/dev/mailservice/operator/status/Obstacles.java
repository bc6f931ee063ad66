package dev.mailservice.operator.status;

import java.util.Optional;

/**
 * What keeps the operator from doing what the spec says.
 *
 * @param config why {@code main.cf} cannot be run
 * @param takenName the resource that has a name the operator needs and belongs to somebody else,
 *     for example {@code Deployment mx}
 */
public record Obstacles(Optional<String> config, Optional<String> takenName) {
  /** Nothing does. */
  public static final Obstacles NONE = new Obstacles(Optional.empty(), Optional.empty());
}
