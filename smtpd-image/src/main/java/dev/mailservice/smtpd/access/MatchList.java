package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.PatternList;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.protocol.WireText;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A match list of the configuration, in its newest version.
 *
 * @param parameter its name, for messages
 * @param current the list as it is now
 */
public record MatchList(String parameter, Supplier<PatternList> current) {
  /** Whether a name, or for some lists a parent of it, is in the list; Postfix's domain_list. */
  public boolean hasDomain(String name) {
    return matches(list -> list.matchesName(WireText.characters(name)));
  }

  /** Whether a text as a whole is in the list; Postfix's string_list. */
  public boolean hasString(String text) {
    return matches(list -> list.matchesString(WireText.characters(text)));
  }

  /** Whether a client is in the list; Postfix's namadr_list. */
  public boolean hasClient(String name, String address) {
    return matches(list -> list.matchesClient(name, address));
  }

  /** Whether a client is in the list, by its name or its address. */
  public boolean hasClient(Client client) {
    return hasClient(client.name().text(), client.address());
  }

  private boolean matches(Predicate<PatternList> match) {
    try {
      return match.test(current.get());
    } catch (LookupFailure e) {
      throw new LookupFailure(
          "%s: table lookup problem: %s".formatted(parameter, e.getMessage()), e);
    }
  }
}
