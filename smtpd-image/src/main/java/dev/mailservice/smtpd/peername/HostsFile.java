package dev.mailservice.smtpd.peername;

import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.file.RereadFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The names that a machine knows without asking, hosts(5). It is read again when it has changed.
 * Safe for use by several threads.
 */
public final class HostsFile {
  private final RereadFile<Names> names;

  private record Names(Map<HostAddress, String> byAddress, Map<String, List<String>> byName) {}

  /**
   * @param file {@code /etc/hosts}; one that does not exist knows no names
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public HostsFile(Path file, LongSupplier nanos) {
    this.names = new RereadFile<>(file, HostsFile::parse, gone -> parse(List.of()), nanos);
  }

  /** The first name of an address. */
  Optional<String> name(String address) {
    return HostAddress.parse(address).map(it -> names.current().byAddress().get(it));
  }

  /** The addresses of a name; none if it is not there. */
  List<String> addresses(String name) {
    return names.current().byName().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  private static Names parse(List<String> lines) {
    var byAddress = new HashMap<HostAddress, String>();
    var byName = new HashMap<String, List<String>>();
    for (String line : lines) {
      int comment = line.indexOf('#');
      String[] words = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+");
      Optional<HostAddress> address = HostAddress.parse(words[0]);
      if (words.length < 2 || address.isEmpty()) {
        continue;
      }
      byAddress.putIfAbsent(address.get(), words[1]);
      for (int i = 1; i < words.length; i++) {
        byName
            .computeIfAbsent(words[i].toLowerCase(Locale.ROOT), it -> new ArrayList<>())
            .add(address.get().toString());
      }
    }
    return new Names(byAddress, byName);
  }
}
