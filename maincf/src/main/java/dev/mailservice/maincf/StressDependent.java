package dev.mailservice.maincf;

import java.util.Optional;

/**
 * A value that changes when the server comes under stress.
 *
 * @param name the parameter
 * @param calm its expanded value without stress
 * @param stressed its expanded value with {@code stress=yes}
 */
public record StressDependent(String name, String calm, String stressed) {
  /**
   * How a parameter's value changes; empty if it does not.
   *
   * @param calm the configuration without stress
   * @param stressed the same with {@code stress=yes}
   * @throws MainCfException if the value cannot be expanded
   */
  public static Optional<StressDependent> of(
      String name, Configuration calm, Configuration stressed) {
    String without = calm.expand(name).orElse("");
    String with = stressed.expand(name).orElse("");
    return without.equals(with)
        ? Optional.empty()
        : Optional.of(new StressDependent(name, without, with));
  }
}
