package dev.mailservice.smtpd.haproxy;

/** Bytes as Postfix's escape(3) shows them in its log. */
final class EscapedBytes {
  private EscapedBytes() {}

  static String of(byte[] bytes) {
    var shown = new StringBuilder();
    for (byte b : bytes) {
      switch (b) {
        case 7 -> shown.append("\\a");
        case '\b' -> shown.append("\\b");
        case '\f' -> shown.append("\\f");
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        case 11 -> shown.append("\\v");
        case '\\' -> shown.append("\\\\");
        default -> shown.append(isPrintable(b) ? String.valueOf((char) b) : octal(b));
      }
    }
    return shown.toString();
  }

  private static boolean isPrintable(byte b) {
    return b >= ' ' && b < 0x7f;
  }

  private static String octal(byte b) {
    return "\\%03o".formatted(b & 0xff);
  }
}
