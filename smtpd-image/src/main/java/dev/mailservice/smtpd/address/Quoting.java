package dev.mailservice.smtpd.address;

import dev.mailservice.maincf.table.LocalPart;

/** Local parts with and without quotes, as quote_822_local(3) of Postfix has them. */
final class Quoting {
  private Quoting() {}

  /** An address whose local part is quoted where it has to be, behind a source route if any. */
  static String quote(String address) {
    int start = startOfLocalPart(address);
    return address.substring(0, start) + LocalPart.quoteAddress(address.substring(start));
  }

  private static int startOfLocalPart(String address) {
    return address.startsWith("@") ? address.indexOf(':') + 1 : 0;
  }

  /** An address without the quotes and backslashes before its last unquoted at sign. */
  static String unquote(String address) {
    int start = startOfLocalPart(address);
    var out = new StringBuilder(address.substring(0, start));
    boolean quoted = false;
    int atOut = -1;
    int atIn = -1;
    for (int i = start; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        continue;
      }
      if (c == '@' && !quoted) {
        atOut = out.length();
        atIn = i;
      } else if (c == '\\') {
        if (i + 1 == address.length()) {
          continue;
        }
        i++;
        c = address.charAt(i);
      }
      out.append(c);
    }
    if (atIn >= 0) {
      out.setLength(atOut);
      out.append(address.substring(atIn));
    }
    return out.toString();
  }
}
