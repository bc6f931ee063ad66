package dev.mailservice.maincf.postconf;

import java.util.List;
import java.util.Optional;

/**
 * What postconf(1) is asked for.
 *
 * @param defaults {@code -d}: defaults, whatever the file says
 * @param changed {@code -n}: only what the file sets
 * @param expand {@code -x}: values with their references expanded
 * @param hideNames {@code -h}: values alone
 * @param hideValues {@code -H}: names alone
 * @param fold {@code -f}: long lines folded
 * @param overrides {@code -o name=value}, in order
 * @param names the parameters to show; empty for all
 */
public record PostconfOptions(
    boolean defaults,
    boolean changed,
    boolean expand,
    boolean hideNames,
    boolean hideValues,
    boolean fold,
    List<String> overrides,
    List<String> names) {

  public PostconfOptions {
    overrides = List.copyOf(overrides);
    names = List.copyOf(names);
  }

  /** Why these options cannot stand together, in Postfix's words; empty if they can. */
  public Optional<String> conflict() {
    boolean overriding = !overrides.isEmpty();
    return oneOf(defaults, "-d", changed, "-n")
        .or(() -> oneOf(defaults, "-d", overriding, "-o"))
        .or(() -> oneOf(hideNames, "-h", hideValues, "-H"));
  }

  private static Optional<String> oneOf(
      boolean first, String firstOption, boolean second, String secondOption) {
    return first && second
        ? Optional.of("specify one of " + firstOption + " " + secondOption)
        : Optional.empty();
  }
}
