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

  private static boolean isDotString(String text) {
    return !text.isEmpty()
        && !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..")
        && text.chars().allMatch(c -> c > ' ' && c != 0x7f && SPECIALS.indexOf(c) < 0);
  }
}
