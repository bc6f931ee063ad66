package dev.mailservice.smtpd.tls;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * As much of DER, ITU-T X.690, as it takes to put a private key into its PKCS#8 envelope, and to
 * walk through a name.
 */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int NULL = 0x05;
  private static final int SEQUENCE = 0x30;

  /** The tag of SEC 1's curve parameters, RFC 5915 section 3. */
  private static final int CURVE = 0xa0;

  private static final byte[] RSA_ENCRYPTION = {
    0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01
  };
  private static final byte[] EC_PUBLIC_KEY = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private Der() {}

  /** PKCS#8 of a PKCS#1 key, RFC 8017 appendix A.1.2. */
  static byte[] ofRsa(byte[] pkcs1) {
    return privateKeyInfo(element(SEQUENCE, concat(RSA_ENCRYPTION, element(NULL))), pkcs1);
  }

  /**
   * PKCS#8 of a SEC 1 key, RFC 5915.
   *
   * @throws IllegalArgumentException if it does not name its curve
   */
  static byte[] ofEc(byte[] sec1) {
    return privateKeyInfo(element(SEQUENCE, concat(EC_PUBLIC_KEY, curve(sec1))), sec1);
  }

  private static byte[] privateKeyInfo(byte[] algorithm, byte[] key) {
    byte[] version = element(INTEGER, (byte) 0);
    return element(SEQUENCE, concat(version, algorithm, element(OCTET_STRING, key)));
  }

  private static byte[] curve(byte[] sec1) {
    int at = contentStart(sec1, 0);
    while (at < sec1.length) {
      int start = contentStart(sec1, at);
      int end = start + length(sec1, at);
      if ((sec1[at] & 0xff) == CURVE && end <= sec1.length) {
        return Arrays.copyOfRange(sec1, start, end);
      }
      at = end;
    }
    throw new IllegalArgumentException("an EC key that does not name its curve");
  }

  /**
   * The elements that stand side by side in some content.
   *
   * @throws IllegalArgumentException if one of them ends too late
   */
  static List<Element> elements(byte[] der) {
    var elements = new ArrayList<Element>();
    for (int at = 0; at < der.length; ) {
      int start = contentStart(der, at);
      int end = start + length(der, at);
      if (end < start || end > der.length) {
        throw new IllegalArgumentException("an element that ends too late");
      }
      elements.add(new Element(der[at] & 0xff, Arrays.copyOfRange(der, start, end)));
      at = end;
    }
    return elements;
  }

  /** An element's tag, and what it holds. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  record Element(int tag, byte[] content) {}

  private static int contentStart(byte[] der, int at) {
    int first = byteAt(der, at + 1);
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = byteAt(der, at + 1);
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f) && i < 3; i++) {
      length = length << 8 | byteAt(der, at + 2 + i);
    }
    return length;
  }

  private static int byteAt(byte[] der, int at) {
    if (at >= der.length) {
      throw new IllegalArgumentException("a key that ends too early");
    }
    return der[at] & 0xff;
  }

  private static byte[] element(int tag, byte... content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
