package dev.mailservice.smtpd.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Zones in the text of master files, RFC 1035 section 5.1, all in one. Each SOA record begins a
 * zone; what is in no zone is REFUSED. Lines of their own say what goes wrong with a name and all
 * that is below it:
 *
 * <pre>
 * $SERVFAIL broken.example.test.
 * $SILENT silent.example.test.
 * $TRUNCATED large.example.test.      ; over UDP, so that it has to be asked over TCP
 * $LATE 500 late.example.test.        ; milliseconds
 * </pre>
 */
final class TestZones {
  private static final long TTL = 300;
  private static final int MOST_ALIASES = 20;

  private final Map<Name, List<Record>> records = new HashMap<>();
  private final Map<Name, SOARecord> zones = new HashMap<>();

  /** Names that there are, if only because there is something below them. */
  private final Set<Name> existing = new HashSet<>();

  private final Map<Name, String> orders = new LinkedHashMap<>();

  private TestZones() {}

  static TestZones parse(String text) throws IOException {
    var zones = new TestZones();
    var file = new StringBuilder();
    for (String line : text.lines().toList()) {
      String[] words = line.split(";", 2)[0].strip().split("\\s+");
      if (words[0].matches("\\$(SERVFAIL|SILENT|TRUNCATED|LATE)")) {
        Name name = Name.fromString(words[words.length - 1], Name.root);
        zones.orders.put(name, words[0].equals("$LATE") ? words[1] : words[0]);
        file.append('\n');
      } else {
        file.append(line).append('\n');
      }
    }
    try (var in = new java.io.ByteArrayInputStream(file.toString().getBytes("ISO-8859-1"));
        var master = new Master(in, Name.root, TTL)) {
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        zones.add(record);
      }
    }
    return zones;
  }

  private void add(Record record) {
    if (record instanceof SOARecord soa) {
      zones.put(soa.getName(), soa);
    }
    records.computeIfAbsent(record.getName(), it -> new ArrayList<>()).add(record);
    for (Name name = record.getName(); name.labels() > 1; name = new Name(name, 1)) {
      existing.add(name);
    }
  }

  boolean isSilent(Name name) {
    return order(name).filter("$SILENT"::equals).isPresent();
  }

  boolean isCut(Name name) {
    return order(name).filter("$TRUNCATED"::equals).isPresent();
  }

  Duration delay(Name name) {
    return order(name)
        .filter(it -> !it.startsWith("$"))
        .map(it -> Duration.ofMillis(Long.parseLong(it)))
        .orElse(Duration.ZERO);
  }

  private Optional<String> order(Name name) {
    return orders.keySet().stream()
        .filter(name::subdomain)
        .max(Comparator.comparingInt(Name::labels))
        .map(orders::get);
  }

  /** Writes into a message what there is of a name. */
  void answer(Name question, int type, Message answer) {
    Name name = question;
    for (int i = 0; i < MOST_ALIASES; i++) {
      if (order(name).filter("$SERVFAIL"::equals).isPresent()) {
        answer.getHeader().setRcode(Rcode.SERVFAIL);
        return;
      }
      Optional<SOARecord> zone = zone(name);
      if (zone.isEmpty()) {
        answer.getHeader().setRcode(Rcode.REFUSED);
        return;
      }
      List<Record> here = here(name, zone.get());
      List<Record> wanted = here.stream().filter(it -> it.getType() == type).toList();
      wanted.forEach(it -> answer.addRecord(it, Section.ANSWER));
      if (!wanted.isEmpty()) {
        return;
      }
      Optional<CNAMERecord> alias =
          here.stream()
              .filter(CNAMERecord.class::isInstance)
              .map(CNAMERecord.class::cast)
              .findFirst();
      if (alias.isEmpty()) {
        boolean exists = !here.isEmpty() || existing.contains(name);
        answer.getHeader().setRcode(exists ? Rcode.NOERROR : Rcode.NXDOMAIN);
        answer.addRecord(zone.get(), Section.AUTHORITY);
        return;
      }
      answer.addRecord(alias.get(), Section.ANSWER);
      name = alias.get().getTarget();
    }
  }

  private Optional<SOARecord> zone(Name name) {
    return zones.keySet().stream()
        .filter(name::subdomain)
        .max(Comparator.comparingInt(Name::labels))
        .map(zones::get);
  }

  /** The records of a name, or of the wildcard that stands for it, RFC 4592. */
  private List<Record> here(Name name, SOARecord zone) {
    List<Record> own = records.get(name);
    if (own != null) {
      return own;
    }
    for (Name parent = name;
        !existing.contains(parent) && parent.subdomain(zone.getName());
        parent = new Name(parent, 1)) {
      List<Record> wild = records.get(parent.wild(1));
      if (wild != null) {
        return wild.stream().map(it -> of(it, name)).toList();
      }
    }
    return List.of();
  }

  private static Record of(Record record, Name name) {
    try {
      return Record.fromString(
          name, record.getType(), DClass.IN, record.getTTL(), record.rdataToString(), Name.root);
    } catch (TextParseException e) {
      throw new IllegalStateException(Type.string(record.getType()), e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
