package dev.mailservice.maincf;

/**
 * A parameter's one declaration: reading, checking, {@code postconf} and the documentation all go
 * by it.
 *
 * @param name its name in {@code main.cf}
 * @param type how its value is read
 * @param defaultExpression its default before expansion, for example <code>
 *     ${stress?{10}:{300}}s</code>
 * @param support what this server does with it
 * @param since the Postfix version that brought it, as postconf(5) says; empty where it says none
 * @param description what it does, one or two sentences
 * @param <T> the value's type in Java
 */
public record Parameter<T>(
    String name,
    ParameterType<T> type,
    String defaultExpression,
    Support support,
    String since,
    String description) {

  /** A parameter; see the record's components. */
  public static <T> Parameter<T> of(
      String name,
      ParameterType<T> type,
      String defaultExpression,
      Support support,
      String since,
      String description) {
    return new Parameter<>(name, type, defaultExpression, support, since, description);
  }
}
