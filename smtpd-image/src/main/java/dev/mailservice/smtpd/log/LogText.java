package dev.mailservice.smtpd.log;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a line says: Postfix's text, and apart from it what programs want to know, which is put
 * together only where the line's format asks for it.
 */
public final class LogText {
  private final String text;
  private final @Nullable Field last;

  /** A field, and those that came before it. */
  private record Field(LogField name, Object value, @Nullable Field before) {}

  private LogText(String text, @Nullable Field last) {
    this.text = text;
    this.last = last;
  }

  /** A text alone. */
  public static LogText of(String text) {
    return new LogText(text, null);
  }

  /** A text that tells of an event. */
  public static LogText of(LogEvent event, String text) {
    return of(text).put(LogField.EVENT, event.key());
  }

  /** As Postfix has it, without {@code warning:} before it. */
  public String text() {
    return text;
  }

  /** Numbers and texts, in the order in which {@link LogField} declares them. */
  public Map<LogField, Object> fields() {
    var fields = new EnumMap<LogField, Object>(LogField.class);
    for (Field field = last; field != null; field = field.before()) {
      // An earlier one comes later here, and stays.
      fields.put(field.name(), field.value());
    }
    return Collections.unmodifiableMap(fields);
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
    return new LogText(text, new Field(field, value, last));
  }
}
