package dev.mailservice.maincf;

/**
 * A parameter's one declaration.
 *
 * @param name its name in {@code main.cf}
 * @param type how its value is read
 * @param defaultExpression its default before expansion, for example <code>
 *     ${stress?{10}:{300}}s</code>
 * @param description what it does, one sentence
 * @param <T> the value's type in Java
 */
public record Parameter<T>(
    String name, ParameterType<T> type, String defaultExpression, String description) {}
