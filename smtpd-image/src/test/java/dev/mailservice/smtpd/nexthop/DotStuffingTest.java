package dev.mailservice.smtpd.nexthop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DotStuffingTest {
  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.strings().withChars(".\r\nx").ofMaxLength(60);
  }

  @Property
  void in_whatever_pieces_a_message_comes_nothing_in_it_is_a_final_dot_and_nothing_is_lost(
      @ForAll("messages") String message, @ForAll @IntRange(min = 1, max = 7) int piece)
      throws IOException {
    var written = new ByteArrayOutputStream();
    var stuffing = new DotStuffing(written);
    byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i += piece) {
      stuffing.write(bytes, i, Math.min(piece, bytes.length - i));
    }
    String stuffed = "\n" + written.toString(StandardCharsets.US_ASCII);
    assertThat(stuffed).doesNotContainPattern("\n\\.(?!\\.)");
    assertThat(stuffed.replace("\n..", "\n.")).isEqualTo("\n" + message);
    assertThat(stuffing.isAtLineStart()).isEqualTo(message.isEmpty() || message.endsWith("\r\n"));
  }
}
