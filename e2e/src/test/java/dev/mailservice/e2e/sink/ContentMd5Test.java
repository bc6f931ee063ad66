package dev.mailservice.e2e.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentMd5Test {
  private static final String BODY = "first\r\n.second\r\n";

  private static boolean isRight(String header, String body) {
    var digest = new ContentMd5();
    (header + "\r\n" + body).lines().forEach(digest::line);
    return digest.isRight();
  }

  private static String header() {
    return "Subject: s\r\ncontent-md5:  " + ContentMd5.of(BODY) + "\r\n";
  }

  @Test
  void isWhatRfc1864Says() {
    // Its MD5 as RFC 1321 gives it, in base64.
    assertThat(ContentMd5.of("message digest")).isEqualTo("+WtpfXy3k41SWi8xqvFh0A==");
  }

  @Test
  void aWholeMessageIsRight() {
    assertThat(isRight(header(), BODY)).isTrue();
  }

  @Test
  void aMessageThatWasCutShortIsNot() {
    assertThat(isRight(header(), "first\r\n")).isFalse();
  }

  @Test
  void aMessageWithoutTheHeaderIsAlwaysRight() {
    assertThat(isRight("Subject: s\r\n", BODY)).isTrue();
  }
}
