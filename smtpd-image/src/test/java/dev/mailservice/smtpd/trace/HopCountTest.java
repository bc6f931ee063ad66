package dev.mailservice.smtpd.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopCountTest {
  private static boolean exceeds(int limit, String message) throws IOException {
    var count = new HopCount(OutputStream.nullOutputStream(), limit);
    count.write(message.getBytes(StandardCharsets.ISO_8859_1));
    return count.isExceeded();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Received: a\r\nReceived: b\r\n\r\n",
        "RECEIVED:a\r\nrEcEiVeD \t: b\r\n",
        "Subject: x\r\n folded\r\nReceived: a\r\n\tfolded\r\nReceived: b\r\nTo: c\r\n",
        "Received: a\r\nReceived:b",
      })
  void headers_are_counted_in_whatever_letters_and_however_folded(String message)
      throws IOException {
    assertThat(exceeds(2, message)).isTrue();
    assertThat(exceeds(3, message)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Received: a\r\n\r\nReceived: b\r\n",
        "Received: a\r\n Received: b\r\n",
        "Received: a\r\nno header\r\nReceived: b\r\n",
        "Received: a\r\n: odd\r\nReceived: b\r\n",
        "Received: a\r\nX-Received: b\r\nReceivedBy: c\r\nReceive: d\r\n",
        " leading\r\nReceived: a\r\nReceived: b\r\n",
        "Rec eived: a\r\nReceived: a\r\nReceived: b\r\n",
        "Received\u0001: a\r\nReceived: a\r\nReceived: b\r\n",
      })
  void what_is_in_the_body_and_what_is_no_such_header_is_not_counted(String message)
      throws IOException {
    assertThat(exceeds(2, message)).isFalse();
  }

  @Property
  void a_message_of_few_hops_passes_byte_for_byte_in_whatever_pieces_it_comes(
      @ForAll byte[] message, @ForAll @IntRange(min = 1, max = 9) int piece) throws IOException {
    var passed = new ByteArrayOutputStream();
    var count = new HopCount(passed, 50);
    for (int i = 0; i < message.length; i += piece) {
      count.write(message, i, Math.min(piece, message.length - i));
    }
    assertThat(passed.toByteArray()).isEqualTo(message);
  }

  @Property
  void it_makes_no_difference_where_a_message_is_cut(@ForAll @IntRange(min = 1, max = 40) int piece)
      throws IOException {
    byte[] message =
        "Received: a\r\n b\r\nSubject: c\r\nreceived : d\r\n\r\nReceived: e\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    var two = new HopCount(OutputStream.nullOutputStream(), 2);
    var three = new HopCount(OutputStream.nullOutputStream(), 3);
    for (int i = 0; i < message.length; i += piece) {
      two.write(message, i, Math.min(piece, message.length - i));
      three.write(message, i, Math.min(piece, message.length - i));
    }
    assertThat(two.isExceeded()).isTrue();
    assertThat(three.isExceeded()).isFalse();
  }

  @Test
  void what_comes_after_too_many_hops_does_not_pass() throws IOException {
    var passed = new ByteArrayOutputStream();
    var count = new HopCount(passed, 1);
    count.write("Received: a\r\n".getBytes(StandardCharsets.US_ASCII));
    count.write("\r\nbody".getBytes(StandardCharsets.US_ASCII));
    assertThat(passed.size()).isZero();
  }
}
