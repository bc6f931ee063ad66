package dev.mailservice.maincf.fuzz;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.maincf.table.Folding;
import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.NetworkTables;
import dev.mailservice.maincf.table.TableReference;
import dev.mailservice.maincf.table.Tables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * What Jazzer calls with each input. The first byte decides: a {@code main.cf} that is read,
 * expanded and checked, or a table that is opened and asked. Anything thrown but the library's own
 * exceptions is a finding.
 */
public final class LanguageFuzzer {
  private static final List<String> TABLES =
      List.of("texthash", "cidr", "regexp", "pcre", "inline", "unionmap", "pipemap");

  private LanguageFuzzer() {}

  /** Called by name. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String text = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
    int table = input[0] - 'A';
    if (table >= 0 && table < TABLES.size()) {
      table(TABLES.get(table), text);
    } else {
      file(text);
    }
  }

  private static void file(String text) {
    MainCf file;
    try {
      file = MainCf.parse("main.cf", text);
    } catch (MainCfException refused) {
      return;
    }
    Configuration read = Configuration.of(file, SmtpdParameters.all());
    for (Configuration configuration : List.of(read.calm(), read.stressed())) {
      for (String name : configuration.names()) {
        allowed(() -> configuration.expand(name));
        allowed(() -> configuration.malformed(name));
        SmtpdParameters.named(name).ifPresent(it -> allowed(() -> configuration.get(it)));
      }
    }
    allowed(() -> ConfigurationCheck.check(read));
  }

  private static void allowed(Runnable reading) {
    try {
      reading.run();
    } catch (MainCfException refused) {
      // What it is for.
    }
  }

  private static void table(String type, String text) {
    int end = text.indexOf('\n');
    String key = end < 0 ? "192.0.2.1" : text.substring(0, end);
    String lines = text.substring(end + 1);
    boolean named = type.equals("inline") || type.endsWith("map");
    TableReference reference;
    try {
      reference = TableReference.parse(type + ":" + (named ? lines : "/file"));
    } catch (IllegalArgumentException refused) {
      return;
    }
    try {
      new Tables(name -> lines, NetworkTables.unreachable(), new Random(1))
          .open(reference, new Position("main.cf", 1, 1), Folding.FIXED)
          .value()
          .lookup(key);
    } catch (LookupFailure refused) {
      // What it is for.
    }
  }
}
