package dev.mailservice.smtpd.clients;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * A message and its envelope.
 *
 * @param content headers and body, lines ended by CR LF
 */
record Letter(String name, String from, List<String> to, byte[] content) {
  private static final String SENDER = "sender@client.test";
  private static final String RECIPIENT = "user@example.test";

  static Letter of(String name, String body) {
    return of(name, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Letter of(String name, byte[] body) {
    return of(name, SENDER, RECIPIENT, name, body, StandardCharsets.US_ASCII);
  }

  private static Letter of(
      String name, String from, String to, String subject, byte[] body, Charset charset) {
    // All the headers that a client might think of adding.
    String headers =
        """
        From: %s
        To: %s
        Subject: %s
        Date: Thu, 01 Jan 2026 12:00:00 +0000
        Message-ID: <%s@client.test>
        X-Folded: one
        \ttwo

        """
            .formatted(from, to, subject, name.replace(' ', '-'))
            .replace("\n", "\r\n");
    var content = new ByteArrayOutputStream();
    content.writeBytes(headers.getBytes(charset));
    content.writeBytes(body);
    return new Letter(name, from, List.of(to), content.toByteArray());
  }

  Letter to(String... recipients) {
    return new Letter(name, from, List.of(recipients), content);
  }

  static Letter plain() {
    return of("plain", "Hello,\r\n\r\nworld.\r\n");
  }

  /** What an end of a message looks like, and what does not quite. */
  static Letter dots() {
    return of(
        "lines of dots",
        ".\r\n..\r\n...\r\n.a\r\n..a\r\na.\r\n \r\n.\r\n\r\n.\r\n.\r\nQUIT\r\n.\r\n");
  }

  /** Every byte that a line may have, those with the eighth bit among them. */
  static Letter eightBit() {
    var body = new ByteArrayOutputStream();
    for (int b = 1; b < 256; b++) {
      if (b != '\r' && b != '\n') {
        body.write(b);
      }
      if (b % 64 == 0) {
        body.writeBytes(new byte[] {'\r', '\n'});
      }
    }
    body.writeBytes(new byte[] {'\r', '\n'});
    return of("eight bits", body.toByteArray());
  }

  /**
   * Lines of any length up to the longest that RFC 5321 allows, of which many begin with a dot.
   *
   * @param size about how many bytes
   */
  static Letter ofSize(int size) {
    var random = new Random(size);
    var body = new StringBuilder(size + 1000);
    while (body.length() < size) {
      if (random.nextInt(4) == 0) {
        body.append('.');
      }
      random.ints(random.nextInt(997), 'a', 'z' + 1).forEach(it -> body.append((char) it));
      body.append("\r\n");
    }
    return of("of size " + size, body.toString());
  }

  /** Addresses and headers that want SMTPUTF8, RFC 6531. */
  static Letter utf8() {
    return of(
        "utf8",
        "absender-ü@client.test",
        "empfänger@example.test",
        "Grüße, κόσμε",
        "κόσμε\r\n".getBytes(StandardCharsets.UTF_8),
        StandardCharsets.UTF_8);
  }

  boolean wantsSmtpUtf8() {
    return !StandardCharsets.US_ASCII.newEncoder().canEncode(from + to);
  }

  @Override
  public String toString() {
    return name;
  }
}
