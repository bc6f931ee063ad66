package dev.mailservice.maincf.table;

/**
 * A key to look up.
 *
 * @param text the key
 * @param partial whether it is only a part of what is looked for; tables of patterns are not asked
 *     about parts
 */
public record SearchKey(String text, boolean partial) {
  /** A key that is all that is looked for. */
  public static SearchKey whole(String text) {
    return new SearchKey(text, false);
  }

  static SearchKey part(String text) {
    return new SearchKey(text, true);
  }
}
