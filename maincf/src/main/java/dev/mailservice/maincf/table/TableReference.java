package dev.mailservice.maincf.table;

import dev.mailservice.maincf.Tokens;
import java.util.List;

/**
 * A table as {@code main.cf} names it: {@code texthash:/etc/postfix/access}, <code>
 * inline:{ {a=b} }</code>, {@code proxy:pcre:/etc/postfix/rules}.
 *
 * @param type what is before the first colon
 * @param name all after it
 */
public record TableReference(String type, String name) {
  /**
   * Reads {@code type:name}.
   *
   * @throws IllegalArgumentException if it is not of that form, with Postfix's wording
   */
  public static TableReference parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new IllegalArgumentException(
          "expecting \"type:name\" form instead of \"%s\"".formatted(text));
    }
    return new TableReference(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * Reads a list of tables, separated by commas and white space outside of braces.
   *
   * @throws IllegalArgumentException if one of them is not {@code type:name}
   */
  public static List<TableReference> list(String text) {
    return Tokens.splitOutsideBraces(text).stream().map(TableReference::parse).toList();
  }

  /** As it stood in the configuration. */
  @Override
  public String toString() {
    return type + ":" + name;
  }
}
