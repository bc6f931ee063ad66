package dev.mailservice.smtpd.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** A line as one JSON object: when, where, who, the whole text, and the fields there are. */
final class JsonFormat implements LogFormat {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

  private final JsonFactory json = new JsonFactory();

  @Override
  public byte[] render(LogLine line) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator to = json.createGenerator(out)) {
      to.writeStartObject();
      to.writeStringField("time", RFC_3339.format(line.time()));
      to.writeStringField("level", line.level().name().toLowerCase(Locale.ROOT));
      to.writeStringField("host", Printable.of(line.host()));
      to.writeStringField("program", Printable.of(line.program()));
      to.writeNumberField("pid", line.pid());
      to.writeStringField("message", Printable.of(line.message()));
      if (line.session().isPresent()) {
        to.writeNumberField(LogField.SESSION.key(), line.session().getAsLong());
      }
      for (Map.Entry<LogField, Object> field : line.content().fields().entrySet()) {
        if (field.getValue() instanceof Number number) {
          to.writeNumberField(field.getKey().key(), number.longValue());
        } else {
          to.writeStringField(field.getKey().key(), Printable.of(field.getValue().toString()));
        }
      }
      to.writeEndObject();
      to.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
    return out.toByteArray();
  }
}
