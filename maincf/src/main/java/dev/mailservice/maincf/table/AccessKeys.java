package dev.mailservice.maincf.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Which keys an access(5) table is asked for, in order. */
public final class AccessKeys {
  private AccessKeys() {}

  /**
   * A host's name and its parent domains; a name that is an IP address stands alone.
   *
   * @param parents what {@code parent_domain_matches_subdomains} says of {@code smtpd_access_maps}
   */
  public static List<SearchKey> domain(String name, ParentDomains parents) {
    List<String> names = HostAddress.parse(name).isPresent() ? List.of(name) : parents.of(name);
    return wholeThenParts(names);
  }

  /** An IP address and the networks it is in: {@code 192.0.2.1}, {@code 192.0.2}, {@code 192.0}. */
  public static List<SearchKey> address(String address) {
    char delimiter = address.indexOf(':') >= 0 ? ':' : '.';
    var networks = new ArrayList<String>();
    String rest = address;
    while (true) {
      networks.add(rest);
      int last = rest.lastIndexOf(delimiter);
      if (last < 0) {
        return wholeThenParts(networks);
      }
      rest = rest.substring(0, last);
    }
  }

  /** A client: its name, and where that is not found its address. */
  public static List<SearchKey> client(String name, String address, ParentDomains parents) {
    var keys = new ArrayList<>(domain(name, parents));
    keys.addAll(address(address));
    return List.copyOf(keys);
  }

  /**
   * A sender or recipient: {@code user+tag@domain}, {@code user@domain}, the domain and its
   * parents, {@code user+tag@}, {@code user@}.
   *
   * @param address without angle brackets or quotes, with a domain
   * @param extension what separates an extension
   * @param parents what {@code parent_domain_matches_subdomains} says of {@code smtpd_access_maps}
   */
  public static List<SearchKey> mail(
      String address, AddressExtension extension, ParentDomains parents) {
    int at = address.lastIndexOf('@');
    if (at < 0) {
      return List.of();
    }
    String bare = extension.strip(address).orElse("");
    var keys = new LinkedHashSet<>(AddressKeys.quoted(address, false));
    keys.addAll(AddressKeys.quoted(bare, true));
    for (String domain : parents.of(address.substring(at + 1))) {
      keys.add(SearchKey.part(domain));
    }
    keys.addAll(AddressKeys.quoted(address.substring(0, at + 1), true));
    keys.addAll(AddressKeys.quoted(bare.substring(0, bare.lastIndexOf('@') + 1), true));
    return List.copyOf(keys);
  }

  /**
   * The null sender, {@code MAIL FROM:<>}.
   *
   * @param key the value of {@code smtpd_null_access_lookup_key}
   */
  public static List<SearchKey> nullSender(String key) {
    return List.of(SearchKey.whole(key));
  }

  private static List<SearchKey> wholeThenParts(List<String> names) {
    var keys = new ArrayList<SearchKey>();
    for (String name : names) {
      keys.add(new SearchKey(name, !keys.isEmpty()));
    }
    return List.copyOf(keys);
  }
}
