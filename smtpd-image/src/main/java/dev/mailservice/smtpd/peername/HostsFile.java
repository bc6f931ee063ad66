package dev.mailservice.smtpd.peername;

import dev.mailservice.maincf.table.HostAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
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
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Path file;
  private final LongSupplier nanos;
  private long nextLook;
  private FileTime modified = FileTime.fromMillis(0);
  private Names names = new Names(Map.of(), Map.of());

  private record Names(Map<HostAddress, String> byAddress, Map<String, List<String>> byName) {}

  /**
   * @param file {@code /etc/hosts}; one that does not exist knows no names
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public HostsFile(Path file, LongSupplier nanos) {
    this.file = file;
    this.nanos = nanos;
    this.nextLook = nanos.getAsLong();
  }

  /** The first name of an address. */
  Optional<String> name(String address) {
    return HostAddress.parse(address).map(it -> current().byAddress().get(it));
  }

  /** The addresses of a name; none if it is not there. */
  List<String> addresses(String name) {
    return current().byName().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  private synchronized Names current() {
    long now = nanos.getAsLong();
    if (now - nextLook >= 0) {
      nextLook = now + LOOK_EVERY.toNanos();
      try {
        FileTime time = Files.getLastModifiedTime(file);
        if (!time.equals(modified)) {
          names = parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
          modified = time;
        }
      } catch (IOException e) {
        names = new Names(Map.of(), Map.of());
      }
    }
    return names;
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
