package dev.mailservice.smtpd.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Groups of key exchange by OpenSSL's names, which Postfix's settings use, and by JSSE's. */
final class Groups {
  private static final Map<String, String> JSSE =
      Map.ofEntries(
          Map.entry("x25519", "x25519"),
          Map.entry("x448", "x448"),
          Map.entry("prime256v1", "secp256r1"),
          Map.entry("secp256r1", "secp256r1"),
          Map.entry("p-256", "secp256r1"),
          Map.entry("secp384r1", "secp384r1"),
          Map.entry("p-384", "secp384r1"),
          Map.entry("secp521r1", "secp521r1"),
          Map.entry("p-521", "secp521r1"),
          Map.entry("ffdhe2048", "ffdhe2048"),
          Map.entry("ffdhe3072", "ffdhe3072"),
          Map.entry("ffdhe4096", "ffdhe4096"),
          Map.entry("ffdhe6144", "ffdhe6144"),
          Map.entry("ffdhe8192", "ffdhe8192"));

  private Groups() {}

  /**
   * JSSE's names, in the same order.
   *
   * @param parameter whose value they are
   * @throws IllegalArgumentException if one is not known
   */
  static List<String> ofOpenSsl(String parameter, List<String> names) {
    var groups = new ArrayList<String>();
    for (String name : names) {
      String group = JSSE.get(name.toLowerCase(Locale.ROOT));
      if (group == null) {
        throw new IllegalArgumentException(
            ("%s: no group \"%s\" in this server, want: X25519, X448, prime256v1, secp384r1,"
                    + " secp521r1 or ffdhe2048 to ffdhe8192")
                .formatted(parameter, name));
      }
      groups.add(group);
    }
    return groups;
  }
}
