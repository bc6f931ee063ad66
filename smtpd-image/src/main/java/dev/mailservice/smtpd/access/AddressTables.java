package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.protocol.WireText;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tables of addresses of the configuration, in their newest version.
 *
 * @param parameter its name, for messages
 * @param current the tables as they are now
 */
public record AddressTables(String parameter, Supplier<Maps> current) {
  /** Whether the parameter names no table. */
  boolean isEmpty() {
    return current.get().isEmpty();
  }

  /** Whether one of the keys is in the tables. */
  boolean have(List<SearchKey> keys) {
    return find(keys).isPresent();
  }

  /** What stands beside the first of the keys that is in the tables. */
  Optional<String> find(List<SearchKey> keys) {
    try {
      return current.get().search(WireText.keys(keys)).map(Maps.Hit::value).map(WireText::wire);
    } catch (LookupFailure e) {
      throw new LookupFailure(
          "%s lookup error for \"%s\": %s"
              .formatted(parameter, keys.getFirst().text(), e.getMessage()),
          e);
    }
  }
}
