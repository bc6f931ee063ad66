package dev.mailservice.e2e.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
  @Test
  void takesLinesThatEndInCrLfOrLf() throws IOException {
    LineReader reader = reader("one\r\ntwo\n\r\nunfinished", 100);

    assertThat(reader.readLine()).isEqualTo("one");
    assertThat(reader.readLine()).isEqualTo("two");
    assertThat(reader.readLine()).isEmpty();
    assertThat(reader.readLine()).isNull();
  }

  @Test
  void keepsOctetsAsTheyAre() throws IOException {
    byte[] octets = {'a', (byte) 0xe4, '\r', 'b', '\r', '\n'};
    LineReader reader = new LineReader(new ByteArrayInputStream(octets), 4, 100);

    assertThat(reader.readLine()).isEqualTo("a\u00e4\rb");
  }

  @Test
  void takesALineOfTheGreatestLengthAndNoLonger() throws IOException {
    assertThat(reader("x".repeat(200) + "\r\n", 200).readLine()).hasSize(200);
    assertThatThrownBy(() -> reader("x".repeat(202) + "\r\n", 200).readLine())
        .isInstanceOf(ProtocolException.class)
        .hasMessage("line longer than 200 octets");
  }

  @Test
  void knowsWhetherAPipeliningPeerHasSentMore() throws IOException {
    LineReader reader = reader("NOOP\r\nQUIT\r\n", 100);

    reader.readLine();
    assertThat(reader.hasBufferedInput()).isTrue();
    reader.readLine();
    assertThat(reader.hasBufferedInput()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".\r\n",
        "a line\r\n.\r\n",
        "..\r\n.\r\n",
        ".\n.\r\n",
        "a\n.\r\n",
        "\r\n.\r\r\n.a\r\n.\r\n",
        "...\r\n\r.\r\n \n\n\n.\r\n",
        "a longer line than all of the buffer\r\n\r\nand another one of them\r\n.\r\n"
      })
  void passesOverABodyToTheFirstDotAloneHoweverItArrives(String body) throws IOException {
    byte[] octets = ("\r\n" + body + "NOOP\r\n").getBytes(StandardCharsets.ISO_8859_1);
    for (int bufferSize = 4; bufferSize < 80; bufferSize++) {
      LineReader reader = new LineReader(new ByteArrayInputStream(octets), bufferSize, 100);

      assertThat(reader.readLine()).isEmpty();
      assertThat(reader.skipToDot()).isTrue();
      assertThat(reader.readLine()).as("buffer of %d", bufferSize).isEqualTo("NOOP");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\r\n", ".\r", ".\n", "a\r\n..\r\n", " .\r\n"})
  void aBodyWithoutADotAloneEndsWithTheStream(String body) throws IOException {
    LineReader reader = reader("\n" + body, 100);

    assertThat(reader.readLine()).isEmpty();
    assertThat(reader.skipToDot()).isFalse();
    assertThat(reader.readLine()).isNull();
  }

  private static LineReader reader(String text, int maxLength) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    return new LineReader(new ByteArrayInputStream(octets), 64, maxLength);
  }
}
