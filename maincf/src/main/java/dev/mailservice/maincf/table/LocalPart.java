package dev.mailservice.maincf.table;

/** What is before the {@code @}, in the form in which messages and tables hold it: RFC 5322. */
public final class LocalPart {
  private static final String SPECIALS = "()<>@,;:\\\"[]";

  private LocalPart() {}

  /** In quotes where it is no sequence of atoms with dots between. */
  public static String quote(String localPart) {
    if (isDotString(localPart)) {
      return localPart;
    }
    var out = new StringBuilder("\"");
    for (int i = 0; i < localPart.length(); i++) {
      char c = localPart.charAt(i);
      if (c == '"' || c == '\\' || c == '\r') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.append('"').toString();
  }

  /** An address whose local part is quoted where it has to be. */
  public static String quoteAddress(String address) {
    int at = address.lastIndexOf('@');
    return at < 0 ? quote(address) : quote(address.substring(0, at)) + address.substring(at);
  }

  private static boolean isDotString(String text) {
    return !text.isEmpty()
        && !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..")
        && hasNoSpecials(text);
  }

  private static boolean hasNoSpecials(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f || SPECIALS.indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }
}
