package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Braces;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys and values in memory: {@code texthash:}, {@code inline:}, and the text behind an index. */
record FixedTable(Map<String, String> entries) implements LookupTable {
  FixedTable {
    entries = Map.copyOf(entries);
  }

  @Override
  public Optional<String> lookup(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  @Override
  public Keys keys() {
    return Keys.FIXED;
  }

  /**
   * Reads lines of {@code key whitespace value}; of two lines with one key the first counts.
   *
   * @param folded whether keys are kept in lower case
   */
  static FixedTable ofLines(List<TableLine> lines, boolean folded, Findings findings) {
    var entries = new HashMap<String, String>();
    for (TableLine line : lines) {
      String text = line.text();
      int end = QuotedKey.end(text, 0, false);
      if (end < 0) {
        findings.error(
            line.position(text.indexOf('"')),
            "unbalanced '\"' in '%s', this line is skipped".formatted(text));
        continue;
      }
      String key = text.substring(0, end);
      String value = TableLine.trim(text.substring(end));
      if (value.isEmpty()) {
        findings.error(
            line.position(end), "expected format: key whitespace value, this line is skipped");
        continue;
      }
      if (key.endsWith(":")) {
        findings.warning(
            line.position(end - 1),
            "record is in \"key: value\" format; is this an alias file?"
                + " The colon is part of the key");
      }
      if (entries.putIfAbsent(folded ? CaseFold.fold(key) : key, value) != null) {
        findings.warning(
            line.position(0), "duplicate entry: \"%s\", the first one counts".formatted(key));
      }
    }
    return new FixedTable(entries);
  }

  /**
   * Reads <code>{ key=value, {key = value} }</code>; of two entries with one key the last counts.
   *
   * @throws IllegalArgumentException if it is not of that form, with Postfix's wording
   */
  static FixedTable inline(String name, boolean folded, Position at, Findings findings) {
    String content;
    try {
      content = Braces.content(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "bad syntax: \"inline:%s\"; need \"inline:{name=value...}\"".formatted(name), e);
    }
    var entries = new HashMap<String, String>();
    for (String word : Tokens.splitOutsideBraces(content)) {
      try {
        String entry = word.startsWith("{") ? Braces.content(word) : word;
        int start = TableLine.skipSpace(entry, 0);
        String key = inlineKey(entry, start);
        int equals = TableLine.skipSpace(entry, start + key.length());
        String value = TableLine.trim(entry.substring(equals + 1));
        if (entries.put(folded ? CaseFold.fold(key) : key, value) != null) {
          findings.warning(
              at, "inline table: duplicate entry: \"%s\", the last one counts".formatted(key));
        }
      } catch (IllegalArgumentException e) {
        throw needsEntries(e.getMessage(), name, e);
      }
    }
    if (entries.isEmpty()) {
      throw needsEntries("empty table", name, null);
    }
    return new FixedTable(entries);
  }

  private static String inlineKey(String entry, int start) {
    if (start == entry.length()) {
      throw new IllegalArgumentException("no key found; expected format: key = value");
    }
    int end = QuotedKey.end(entry, start, true);
    if (end < 0) {
      throw new IllegalArgumentException("unbalanced '\"'");
    }
    int equals = TableLine.skipSpace(entry, end);
    if (equals == entry.length() || entry.charAt(equals) != '=') {
      throw new IllegalArgumentException("missing '=' after attribute name");
    }
    return entry.substring(start, end);
  }

  private static IllegalArgumentException needsEntries(
      @Nullable String why, String name, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "%s: \"inline:%s\"; need \"inline:{name=value...}\"".formatted(why, name), cause);
  }
}
