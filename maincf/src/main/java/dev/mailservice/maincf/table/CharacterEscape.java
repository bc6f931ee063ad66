package dev.mailservice.maincf.table;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backslash and what follows that stands for one character, in PCRE.
 *
 * @param character the character
 * @param end the offset after it
 */
record CharacterEscape(char character, int end) {
  private static final Pattern HEXADECIMAL =
      Pattern.compile("\\\\x(?:\\{([0-9A-Fa-f]+)\\}|([0-9A-Fa-f]{0,2}))");
  private static final Pattern OCTAL = Pattern.compile("\\\\o\\{([0-7]+)\\}");
  private static final int LARGEST = 0xff;

  /**
   * @param at where the backslash stands; something follows it
   */
  static CharacterEscape read(String source, int at) throws MalformedExpression {
    char c = source.charAt(at + 1);
    return switch (c) {
      case 'a' -> new CharacterEscape('\u0007', at + 2);
      case 'e' -> new CharacterEscape('\u001b', at + 2);
      case 'f' -> new CharacterEscape('\f', at + 2);
      case 'n' -> new CharacterEscape('\n', at + 2);
      case 'r' -> new CharacterEscape('\r', at + 2);
      case 't' -> new CharacterEscape('\t', at + 2);
      case 'c' -> control(source, at);
      case 'x' -> braced(HEXADECIMAL, 16, source, at);
      case 'o' -> braced(OCTAL, 8, source, at);
      case '0' -> octal(source, at, at + 1);
      default -> {
        if (Directive.isAlphanumeric(c)) {
          throw new MalformedExpression(
              "unrecognized character follows \\, or \\%c is not supported here".formatted(c), at);
        }
        yield new CharacterEscape(c, at + 2);
      }
    };
  }

  private static CharacterEscape control(String source, int at) throws MalformedExpression {
    if (at + 2 >= source.length() || source.charAt(at + 2) < ' ' || source.charAt(at + 2) > '~') {
      throw new MalformedExpression("\\c must be followed by a printable ASCII character", at);
    }
    return new CharacterEscape(
        (char) (Character.toUpperCase(source.charAt(at + 2)) ^ 0x40), at + 3);
  }

  private static CharacterEscape braced(Pattern form, int radix, String source, int at)
      throws MalformedExpression {
    Matcher matcher = form.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      throw new MalformedExpression(
          "missing or malformed number after \\" + source.charAt(at + 1), at);
    }
    String digits = matcher.group(1);
    if (digits == null) {
      digits = matcher.group(2);
    }
    int code = 0;
    for (int i = 0; i < digits.length() && code <= LARGEST; i++) {
      code = code * radix + Character.digit(digits.charAt(i), radix);
    }
    if (code > LARGEST) {
      throw new MalformedExpression(
          "character code point value in \\x{} or \\o{} is too large", at);
    }
    return new CharacterEscape((char) code, matcher.end());
  }

  /** Up to three octal digits. */
  static CharacterEscape octal(String source, int at, int digits) throws MalformedExpression {
    int end = digits;
    int code = 0;
    while (end < source.length()
        && end < digits + 3
        && source.charAt(end) >= '0'
        && source.charAt(end) <= '7') {
      code = code * 8 + source.charAt(end) - '0';
      end++;
    }
    if (end == digits || code > LARGEST) {
      throw new MalformedExpression("octal value is missing or greater than \\377", at);
    }
    return new CharacterEscape((char) code, end);
  }
}
