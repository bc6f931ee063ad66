package dev.mailservice.maincf;

/**
 * A parameter's value as it was written, before expansion.
 *
 * @param name the parameter's name
 * @param value the text behind the equals sign, without the space around it
 * @param line the logical line it stands in
 * @param offset where the value begins in that line's text
 * @param origin who says so
 */
record Definition(String name, String value, LogicalLine line, int offset, Origin origin) {
  enum Origin {
    FILE,
    COMMAND_LINE,
    DEFAULT
  }

  /** Where the character at this offset of the value stands. */
  Position position(int offsetInValue) {
    return switch (origin) {
      case FILE -> line.position(offset + offsetInValue);
      case COMMAND_LINE -> Position.commandLine();
      case DEFAULT -> Position.builtIn();
    };
  }

  Position position() {
    return position(0);
  }

  static Definition ofDefault(String name, String value) {
    return new Definition(name, value, LogicalLine.of(value), 0, Origin.DEFAULT);
  }

  /**
   * Reads what follows {@code -o}: {@code name=value} or, as extpar(3) does, <code>
   * { name = value }</code>.
   *
   * @throws MainCfException if it is neither
   */
  static Definition ofOption(String assignment) {
    String text = assignment;
    if (text.startsWith("{")) {
      try {
        text = LogicalLine.stripSpace(Braces.content(text));
      } catch (IllegalArgumentException e) {
        throw MainCfException.at(
            Position.commandLine(), e.getMessage() + ", want: { name = value }");
      }
    }
    return parse(LogicalLine.of(text), Origin.COMMAND_LINE);
  }

  /** The first offset at or after {@code from} that a name does not reach to. */
  static int nameEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && text.charAt(end) != '='
        && !LogicalLine.isSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /**
   * Reads {@code name = value} as Postfix's split_nameval does.
   *
   * @throws MainCfException if the name or the equals sign is missing
   */
  static Definition parse(LogicalLine line, Origin origin) {
    String text = line.text();
    int nameStart = LogicalLine.skipSpace(text, 0);
    int nameEnd = nameEnd(text, nameStart);
    int equals = LogicalLine.skipSpace(text, nameEnd);
    if (nameEnd == nameStart) {
      throw malformed(line, nameStart, origin, "missing attribute name");
    }
    if (equals == text.length() || text.charAt(equals) != '=') {
      throw malformed(line, equals, origin, "missing '=' after attribute name");
    }
    int valueStart = LogicalLine.skipSpace(text, equals + 1);
    String value = LogicalLine.stripSpace(text.substring(valueStart));
    return new Definition(text.substring(nameStart, nameEnd), value, line, valueStart, origin);
  }

  private static MainCfException malformed(
      LogicalLine line, int offset, Origin origin, String what) {
    Position position = origin == Origin.FILE ? line.position(offset) : Position.commandLine();
    return MainCfException.at(
        position, "%s: \"%s\", want: name = value".formatted(what, line.text()));
  }
}
