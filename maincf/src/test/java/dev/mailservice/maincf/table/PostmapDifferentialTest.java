package dev.mailservice.maincf.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.maincf.reference.PostfixReference.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Made-up tables give the same answers here and from Postfix's own postmap(1). */
@BesidePostfix
class PostmapDifferentialTest {
  private static final int TABLES = Integer.getInteger("postmap.tables", 40);
  private static final int KEYS = 30;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"texthash", "inline", "static", "cidr", "regexp", "pcre", "unionmap", "pipemap"})
  void a_table_answers_as_postmap_does(String type, PostfixReference postfix) throws Exception {
    postfix.configuration(directory, postfix.toolSettings() + "compatibility_level = 3.6\n");
    long first = Long.getLong("postmap.seed", 1);
    for (long seed = first; seed < first + TABLES; seed++) {
      var made = new RandomTables(new Random(seed));
      Path file = directory.resolve("table");
      String text = text(type, made);
      Files.writeString(file, text);
      // A texthash that has just changed is read again until it has cooled down.
      Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      String table = table(type, file.toString(), made);
      List<String> keys = keys(type, made);
      assertThat(ours(table, Map.of(file.toString(), text), keys))
          .as("-Dpostmap.seed=%d: %s with\n%s", seed, table, text)
          .isEqualTo(theirs(query(postfix, table, keys), keys));
    }
  }

  /** What postmap answers to each key, in order; it is asked about all at once. */
  private List<Optional<String>> query(PostfixReference postfix, String table, List<String> keys) {
    Said said =
        postfix.run(
            directory, "postmap", List.of("-q", "-", table), bytes(String.join("\n", keys) + "\n"));
    assertThat(said.fatal()).as(table).isEmpty();
    return answers(keys, new String(said.out().getBytes(ISO_8859_1), UTF_8));
  }

  /** One character for each byte of UTF-8, as the reference takes text. */
  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static List<Optional<String>> answers(List<String> keys, String output) {
    var answers = new ArrayList<Optional<String>>();
    List<String> lines =
        output.isEmpty()
            ? List.of()
            : List.of(output.substring(0, output.length() - 1).split("\n", -1));
    int at = 0;
    for (String key : keys) {
      if (at < lines.size() && lines.get(at).startsWith(key + "\t")) {
        answers.add(Optional.of(lines.get(at).substring(key.length() + 1)));
        at++;
      } else {
        answers.add(Optional.empty());
      }
    }
    if (at != lines.size()) {
      throw new IllegalStateException("no key for the answer " + lines.get(at));
    }
    return answers;
  }

  private static String text(String type, RandomTables made) {
    return switch (type) {
      case "cidr" -> made.cidrTable();
      case "regexp" -> made.ruleTable(true);
      case "pcre" -> made.ruleTable(false);
      default -> made.textTable();
    };
  }

  private static String table(String type, String file, RandomTables made) {
    return switch (type) {
      case "inline" -> "inline:" + made.inline();
      case "static" -> "static:{ " + made.word() + " }";
      case "unionmap", "pipemap" ->
          "%s:{texthash:%s, inline:%s inline:%s static:%s}"
              .formatted(type, file, made.inline(), made.inline(), made.word())
              .replace(
                  type.equals("pipemap") ? " static:" : "\0",
                  type.equals("pipemap") ? " inline:{x=1},static:" : "\0");
      default -> type + ":" + file;
    };
  }

  private static List<String> keys(String type, RandomTables made) {
    if (type.equals("cidr")) {
      return made.addresses(KEYS);
    }
    var keys = new ArrayList<>(List.of("a", "b", "A.b", "c@d"));
    if (!type.equals("regexp") && !type.equals("pcre")) {
      keys.addAll(List.of("é", "É"));
    }
    keys.addAll(made.words(KEYS));
    return keys;
  }

  private static List<String> ours(String table, Map<String, String> files, List<String> keys) {
    LookupTable opened =
        new Tables(
                name -> String.valueOf(files.get(name)), NetworkTables.unreachable(), new Random(1))
            .open(TableReference.parse(table), new Position("-", 0, 0), Folding.FIXED)
            .value();
    return keys.stream().map(key -> key + " = " + opened.lookup(key)).toList();
  }

  private static List<String> theirs(List<Optional<String>> answers, List<String> keys) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < keys.size(); i++) {
      lines.add(keys.get(i) + " = " + answers.get(i));
    }
    return lines;
  }
}
