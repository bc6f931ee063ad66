package dev.mailservice.smtpd.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class LogFormatTest {
  private static final ZonedDateTime TIME =
      ZonedDateTime.of(2026, 3, 4, 5, 6, 7, 89_000_000, ZoneOffset.ofHours(2));

  private static LogLine line(LogLine.Level level, LogText text) {
    return new LogLine(TIME, "mx", "postfix/smtpd", 42, OptionalLong.empty(), level, text);
  }

  private static String rendered(String format, LogLine line) {
    byte[] bytes = LogFormat.named(format).render(line);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError(e);
    }
  }

  /** One object and nothing behind it, no key twice. */
  private static Map<String, Object> parsed(String json) throws IOException {
    var fields = new LinkedHashMap<String, Object>();
    JsonFactory strict =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = strict.createParser(json)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        fields.put(
            name, value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : parser.getText());
      }
      assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(parser.nextToken()).isNull();
    }
    return fields;
  }

  @Test
  void a_line_of_text_is_as_in_Postfixs_maillog_file() {
    assertThat(rendered("text", line(LogLine.Level.INFO, LogText.of("connect from a[192.0.2.1]"))))
        .isEqualTo("Mar 04 05:06:07 mx postfix/smtpd[42]: connect from a[192.0.2.1]\n");
    assertThat(rendered("text", line(LogLine.Level.WARNING, LogText.of("look"))))
        .isEqualTo("Mar 04 05:06:07 mx postfix/smtpd[42]: warning: look\n");
  }

  @Test
  void a_line_of_JSON_has_the_whole_text_and_the_fields() {
    LogText text =
        LogText.of(LogEvent.REJECT, "NOQUEUE: reject: RCPT")
            .with(LogField.REPLY_CODE, 554)
            .with(LogField.CLIENT_ADDRESS, "192.0.2.1")
            .with(LogField.HELO, "a \"quoted\" name");
    assertThat(rendered("json", line(LogLine.Level.WARNING, text)))
        .isEqualTo(
            """
            {"time":"2026-03-04T05:06:07.089+02:00","level":"warning","host":"mx",\
            "program":"postfix/smtpd","pid":42,"message":"warning: NOQUEUE: reject: RCPT",\
            "event":"reject","client_address":"192.0.2.1","reply_code":554,\
            "helo":"a \\"quoted\\" name"}
            """);
  }

  @Test
  void a_session_has_its_number_in_place_of_the_process_and_in_JSON_beside_it() {
    var line =
        new LogLine(
            TIME,
            "mx",
            "postfix/smtpd",
            42,
            OptionalLong.of(77),
            LogLine.Level.INFO,
            LogText.of("hello"));
    assertThat(rendered("text", line)).isEqualTo("Mar 04 05:06:07 mx postfix/smtpd[77]: hello\n");
    assertThat(rendered("json", line)).contains("\"pid\":42,\"message\":\"hello\",\"session\":77");
  }

  @Test
  void UTF_8_is_shown_and_what_is_none_becomes_question_marks() {
    String bytes =
        new String("grün 日本".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(rendered("text", line(LogLine.Level.INFO, LogText.of(bytes))))
        .endsWith(": grün 日本\n");
    assertThat(rendered("text", line(LogLine.Level.INFO, LogText.of("a\u00ffb\u00c3("))))
        .endsWith(": a?b?(\n");
    assertThat(rendered("text", line(LogLine.Level.INFO, LogText.of("a char that is no byte: ‒"))))
        .endsWith(": a char that is no byte: ‒\n");
  }

  @Test
  void what_ends_lines_or_turns_them_round_becomes_question_marks() {
    String turned = "a\u202eb\u2028c\u2029d\u0085e\u009b31mf\u200bg";
    String bytes = new String(turned.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(rendered("text", line(LogLine.Level.INFO, LogText.of(bytes + "\r\n\0\033[31m\t"))))
        .endsWith(": a?b?c?d?e?31mf?g????[31m?\n");
  }

  @Property
  void no_bytes_make_a_second_line_of_text(
      @ForAll @CharRange(from = '\0', to = '\u00ff') String anything) {
    String line = rendered("text", line(LogLine.Level.INFO, LogText.of(anything)));
    assertThat(line).startsWith("Mar 04 05:06:07 mx postfix/smtpd[42]: ").endsWith("\n");
    assertThat(line.lines()).hasSize(1);
    assertThat(line.strip().codePoints().noneMatch(Character::isISOControl)).isTrue();
  }

  @Property
  void no_bytes_make_a_second_object_of_JSON_or_another_field(
      @ForAll String message, @ForAll @CharRange(from = '\0', to = '\u00ff') String helo)
      throws IOException {
    LogText text = LogText.of(LogEvent.CONNECT, message).with(LogField.HELO, helo);
    String line = rendered("json", line(LogLine.Level.INFO, text));
    assertThat(line).endsWith("}\n");
    assertThat(line.strip().chars().noneMatch(c -> c < ' ')).isTrue();
    Map<String, Object> fields = parsed(line);
    assertThat(fields.keySet())
        .containsExactly("time", "level", "host", "program", "pid", "message", "event", "helo");
    assertThat(fields).containsEntry("event", "connect").containsEntry("pid", 42L);
    assertThat(fields.get("helo")).isEqualTo(Printable.of(helo));
    assertThat(OffsetDateTime.parse(fields.get("time").toString()).toInstant())
        .isEqualTo(TIME.toInstant());
  }

  @Property
  void what_a_client_says_as_JSON_stays_text(@ForAll String value) throws IOException {
    String forged = value + "\",\"client_address\":\"192.0.2.99\"}\n{\"event\":\"accept";
    LogText text =
        LogText.of(LogEvent.REJECT, forged)
            .with(LogField.CLIENT_ADDRESS, "192.0.2.1")
            .with(LogField.HELO, forged);
    Map<String, Object> fields = parsed(rendered("json", line(LogLine.Level.INFO, text)));
    assertThat(fields)
        .containsEntry("client_address", "192.0.2.1")
        .containsEntry("event", "reject");
  }
}
