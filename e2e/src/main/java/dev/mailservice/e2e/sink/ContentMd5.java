package dev.mailservice.e2e.sink;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares a message's body with its Content-MD5 header (RFC 1864), fed line by line, so that a
 * message that was cut short or mixed with another is found out. A message without one costs
 * nothing and is always right.
 */
public final class ContentMd5 {
  private static final Pattern FIELD =
      Pattern.compile("content-md5[ \t]*:[ \t]*(\\S+)[ \t]*", Pattern.CASE_INSENSITIVE);

  private boolean inHeader = true;
  private String claimed = "";
  private @Nullable MessageDigest digest;

  /** The header's value for a body. */
  public static String of(String body) {
    return Base64.getEncoder().encodeToString(md5().digest(octets(body)));
  }

  /** Takes the next line, without its end and without a dot that was put before another. */
  public void line(String line) {
    if (!inHeader) {
      if (digest != null) {
        digest.update(octets(line));
        digest.update(octets("\r\n"));
      }
    } else if (line.isEmpty()) {
      inHeader = false;
    } else {
      Matcher field = FIELD.matcher(line);
      if (field.matches()) {
        claimed = field.group(1);
        digest = md5();
      }
    }
  }

  /** Whether there is something to compare the body with. */
  boolean wantsBody() {
    return digest != null;
  }

  /** Whether the body is the one that the header was made for; to be asked once, at the end. */
  public boolean isRight() {
    return digest == null || Base64.getEncoder().encodeToString(digest.digest()).equals(claimed);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has MD5", impossible);
    }
  }
}
