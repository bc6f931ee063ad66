package dev.mailservice.smtpd.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What dialogues with Postfix do not show: ports, the rest of the stream, and any bytes. */
class ProxyHeaderTest {
  private static final byte[] VERSION_2 = {
    0x0d,
    0x0a,
    0x0d,
    0x0a,
    0,
    0x0d,
    0x0a,
    0x51,
    0x55,
    0x49,
    0x54,
    0x0a, // signature
    0x21,
    0x11,
    0,
    14,
    (byte) 192,
    0,
    2,
    1,
    (byte) 192,
    0,
    2,
    25,
    0x30,
    0x39,
    0,
    25,
    9,
    9,
    'S'
  };

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void addresses_and_ports_are_those_of_both_ends() throws IOException {
    var expected = new ProxyHeader("192.0.2.1", "12345", "192.0.2.25", "25");
    assertThat(ProxyHeader.read(bytes("PROXY TCP4 192.0.2.1 192.0.2.25 12345 25\r\n")))
        .contains(expected);
    assertThat(ProxyHeader.read(new ByteArrayInputStream(VERSION_2))).contains(expected);
    assertThat(ProxyHeader.read(bytes("PROXY TCP6 2001:DB8::1 2001:db8:0:0::25 1 65535\r\n")))
        .contains(new ProxyHeader("2001:db8::1", "1", "2001:db8::25", "65535"));
  }

  @Test
  void nothing_behind_a_header_is_read() throws IOException {
    InputStream in = bytes("PROXY TCP4 192.0.2.1 192.0.2.25 12345 25\r\nEHLO");
    ProxyHeader.read(in);
    assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("EHLO");
    var binary = new ByteArrayInputStream(VERSION_2);
    ProxyHeader.read(binary);
    assertThat(binary.readAllBytes()).containsExactly('S');
  }

  @Test
  void a_header_may_come_byte_by_byte() throws IOException {
    assertThat(ProxyHeader.read(byteByByte(bytes("PROXY TCP4 192.0.2.1 192.0.2.25 12345 25\r\n"))))
        .isPresent();
    assertThat(ProxyHeader.read(byteByByte(new ByteArrayInputStream(VERSION_2)))).isPresent();
  }

  private static InputStream byteByByte(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        return super.read(bytes, from, Math.min(length, 1));
      }

      @Override
      public int available() {
        return 0;
      }
    };
  }

  @Test
  void a_connection_that_ends_without_a_header_has_an_end() {
    assertThatThrownBy(() -> ProxyHeader.read(bytes("")))
        .isInstanceOf(ProxyHeader.Malformed.class)
        .hasMessage("haproxy read: EOF");
  }

  @Test
  void what_is_shown_of_garbage_is_bounded() {
    assertThatThrownBy(() -> ProxyHeader.read(bytes("x".repeat(1_000_000))))
        .hasMessage("haproxy read: unrecognized protocol header: " + "x".repeat(536));
  }

  @Property
  void any_bytes_are_a_header_or_are_refused(@ForAll byte[] any) throws IOException {
    assertThat(outcome(any)).isIn("header", "local", "refused");
  }

  @Property
  void any_change_of_a_header_is_a_header_or_is_refused(
      @ForAll @net.jqwik.api.constraints.IntRange(min = 0, max = 29) int at, @ForAll byte value)
      throws IOException {
    byte[] changed = VERSION_2.clone();
    changed[at] = value;
    assertThat(outcome(changed)).isIn("header", "local", "refused");
  }

  private static String outcome(byte[] bytes) throws IOException {
    try {
      Optional<ProxyHeader> header = ProxyHeader.read(new ByteArrayInputStream(bytes));
      return header.isPresent() ? "header" : "local";
    } catch (ProxyHeader.Malformed e) {
      return "refused";
    }
  }
}
