package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.protocol.WireText;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An access(5) table.
 *
 * @param name as the configuration names it, {@code type:name}
 * @param current the table in its newest version
 * @param action does what it says
 */
record AccessTable(String name, Supplier<Maps> current, AccessAction action) {
  /** What a table that cannot answer is taken to have said. */
  private static final String CANNOT_ANSWER = "451 4.3.5 Server configuration error";

  /** What a search came to; empty if no key is in the table. */
  Optional<Verdict> ask(Evaluation it, List<SearchKey> keys, Subject subject) {
    return find(it, keys)
        .map(
            hit ->
                action.apply(it, new AccessAction.Source(name, hit.key()), hit.value(), subject));
  }

  private Optional<Maps.Hit> find(Evaluation it, List<SearchKey> keys) {
    try {
      return current.get().search(WireText.keys(keys));
    } catch (LookupFailure e) {
      it.log().warning("%s: table lookup problem: %s".formatted(name, e.getMessage()));
      return Optional.of(new Maps.Hit(keys.getFirst().text(), CANNOT_ANSWER));
    }
  }
}
