package dev.mailservice.smtpd.tls;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * What a certificate's subject or issuer is called, as Postfix's tls_verify.c finds it. It is read
 * from the encoded name: a name in text can be made to look as if it held another.
 */
final class CommonName {
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
  private static final byte[] ORGANIZATION = {0x55, 0x04, 0x0a};

  /** By the tag of a string, ITU-T X.690 section 8.23. */
  private static final Map<Integer, Charset> CHARSETS =
      Map.of(
          0x0c, StandardCharsets.UTF_8,
          0x13, StandardCharsets.US_ASCII,
          0x14, StandardCharsets.ISO_8859_1,
          0x16, StandardCharsets.US_ASCII,
          0x1c, Charset.forName("UTF-32BE"),
          0x1e, StandardCharsets.UTF_16BE);

  private CommonName() {}

  /** The subject's CN, one character a byte; empty if it has none that can be shown. */
  static String ofSubject(X500Principal subject) {
    return find(subject, COMMON_NAME).orElse("");
  }

  /** The issuer's CN, or else its organization: many authorities have no CN. */
  static String ofIssuer(X500Principal issuer) {
    return find(issuer, COMMON_NAME).or(() -> find(issuer, ORGANIZATION)).orElse("");
  }

  private static Optional<String> find(X500Principal name, byte[] attribute) {
    try {
      return Der.elements(Der.elements(name.getEncoded()).getFirst().content()).stream()
          .flatMap(set -> Der.elements(set.content()).stream())
          .map(pair -> Der.elements(pair.content()))
          .filter(pair -> pair.size() == 2 && Arrays.equals(pair.getFirst().content(), attribute))
          .findFirst()
          .flatMap(pair -> text(pair.getLast()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Der.Element string) {
    Charset charset = CHARSETS.get(string.tag());
    if (charset == null) {
      return Optional.empty();
    }
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(string.content())).toString();
      return text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)
          ? Optional.empty()
          : Optional.of(
              new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
