package dev.mailservice.maincf;

/**
 * A place in a configuration.
 *
 * @param source the file's name as the administrator knows it, or {@code -o} for the command line
 * @param line the physical line, from 1; 0 where the source has no lines
 * @param column the character in that line, from 1; 0 where the source has no lines
 */
public record Position(String source, int line, int column) {
  static Position commandLine() {
    return new Position("-o", 0, 0);
  }

  static Position builtIn() {
    return new Position("default", 0, 0);
  }

  /** Postfix's form, {@code /etc/postfix/main.cf, line 12}, with the column where there is one. */
  @Override
  public String toString() {
    if (line == 0) {
      return source;
    }
    return source + ", line " + line + (column > 0 ? ", column " + column : "");
  }
}
