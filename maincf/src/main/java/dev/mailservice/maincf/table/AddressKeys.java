package dev.mailservice.maincf.table;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which keys a table of addresses is asked for, in order: {@code local_recipient_maps}, {@code
 * relay_recipient_maps}, {@code virtual_alias_maps}, {@code virtual_mailbox_maps}, {@code
 * canonical_maps}. Follows Postfix's mail_addr_find.
 */
public final class AddressKeys {
  private AddressKeys() {}

  /**
   * The address, the address without extension, for a local domain the user alone with and without
   * extension, and {@code @domain}. Where a local part needs quotes, the quoted form comes first.
   *
   * @param address without angle brackets or quotes
   * @param extension what separates an extension
   * @param isLocal whether a domain is {@code $myorigin}, in {@code $mydestination} or one of the
   *     server's own addresses in brackets
   */
  public static List<SearchKey> of(
      String address, AddressExtension extension, Predicate<String> isLocal) {
    String bare = extension.strip(address).orElse("");
    Set<SearchKey> keys = new LinkedHashSet<>(quoted(address, false));
    keys.addAll(quoted(bare, true));
    int at = address.lastIndexOf('@');
    if (at >= 0) {
      if (isLocal.test(address.substring(at + 1))) {
        keys.addAll(quotedUser(address.substring(0, at)));
        keys.addAll(quotedUser(bare.substring(0, Math.max(0, bare.lastIndexOf('@')))));
      }
      keys.add(SearchKey.part(address.substring(at)));
    }
    return List.copyOf(keys);
  }

  static Set<SearchKey> quoted(String address, boolean partial) {
    return forms(LocalPart.quoteAddress(address), address, partial);
  }

  private static Set<SearchKey> quotedUser(String localPart) {
    return forms(LocalPart.quote(localPart), localPart, true);
  }

  private static Set<SearchKey> forms(String quoted, String plain, boolean partial) {
    Set<SearchKey> keys = new LinkedHashSet<>();
    if (!plain.isEmpty()) {
      keys.add(new SearchKey(quoted, partial));
      keys.add(new SearchKey(plain, partial));
    }
    return keys;
  }
}
