package dev.mailservice.smtpd.log;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a line says: Postfix's text, and apart from it what programs want to know.
 *
 * @param text as Postfix has it, without {@code warning:} before it
 * @param fields numbers and texts
 */
public record LogText(String text, Map<LogField, Object> fields) {
  /** Copies the fields, in the order in which {@link LogField} declares them. */
  public LogText {
    var copy = new EnumMap<LogField, Object>(LogField.class);
    copy.putAll(fields);
    fields = Collections.unmodifiableMap(copy);
  }

  /** A text alone. */
  public static LogText of(String text) {
    return new LogText(text, Map.of());
  }

  /** A text that tells of an event. */
  public static LogText of(LogEvent event, String text) {
    return new LogText(text, Map.of(LogField.EVENT, event.key()));
  }

  /** The same with a field more; a field that is there already keeps its value. */
  public LogText with(LogField field, String value) {
    return put(field, value);
  }

  /** The same with a field more, if there is a value. */
  public LogText with(LogField field, Optional<String> value) {
    return value.map(it -> put(field, it)).orElse(this);
  }

  /** The same with a number more. */
  public LogText with(LogField field, long value) {
    return put(field, value);
  }

  private LogText put(LogField field, Object value) {
    var more = new EnumMap<LogField, Object>(LogField.class);
    more.putAll(fields);
    more.putIfAbsent(field, value);
    return new LogText(text, more);
  }
}
