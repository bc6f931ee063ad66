package dev.mailservice.e2e.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplateTest {
  private static final String FINAL_DOT = ".\r\n";

  @ParameterizedTest
  @ValueSource(ints = {600, 2000, 2001, 200_000})
  void aMessageHasItsSizeToTheOctetAndEndsInADotAlone(int size) {
    MessageTemplate template = MessageTemplate.of("run", size);
    String message = text(template.message(template.id(17)));

    assertThat(message.length() - FINAL_DOT.length()).isBetween(size - 2, size);
    assertThat(message).endsWith("\r\n" + FINAL_DOT);
    assertThat(message.substring(0, message.length() - FINAL_DOT.length()))
        .doesNotContain("\n.")
        .doesNotContainPattern("[^\r]\n");
  }

  @Test
  void copiesHaveNumbersOfTheirOwn() {
    MessageTemplate first = MessageTemplate.of("run", 600);
    MessageTemplate second = first.copy();
    String id = first.id(7);

    String message = text(first.message(id));
    second.message(second.id(8));

    assertThat(id).isEqualTo("000000000007.run@load.example.net");
    assertThat(message).contains("\r\nMessage-ID: <" + id + ">\r\n\r\n");
    assertThat(text(first.message(id))).isEqualTo(message);
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.US_ASCII);
  }
}
