package dev.mailservice.maincf;

import java.util.Optional;
import java.util.function.Function;

/**
 * A text that an administrator wrote with names in it that are no parameters: {@code $name}, {@code
 * ${name?text}} and whatever else a value in {@code main.cf} may have. Postfix's mac_expand(3)
 * without recursion: what a name stands for is taken as it is.
 *
 * @param name of the parameter that has the text
 * @param text as written
 */
public record Template(String name, String text) {
  /** More than any reply may be long. */
  private static final long REASONABLE_WORK = 1 << 20;

  /**
   * The text with its names replaced.
   *
   * @param values what a name stands for; without a value it stands for nothing
   * @throws MainCfException if the text is malformed
   */
  public String expand(Function<String, Optional<String>> values) {
    return Expansion.of(
        Definition.ofDefault(name, text),
        it -> values.apply(it).map(value -> literal(it, value)),
        new Expansion.Work(REASONABLE_WORK));
  }

  /** What comes out as it is where it is expanded. */
  private static Definition literal(String name, String value) {
    return Definition.ofDefault(name, value.replace("$", "$$"));
  }
}
