package dev.mailservice.maincf.table;

import java.util.regex.Pattern;

/** The two kinds of expressions in tables, and the flags that may follow them. */
enum RuleSyntax {
  /** POSIX expressions: regexp_table(5). */
  REGEXP("imx") {
    @Override
    RegularExpression compile(String expression, String flags, boolean captures)
        throws MalformedExpression {
      boolean ignoreCase = !PcreOptions.isOdd(flags, 'i');
      boolean newline = PcreOptions.isOdd(flags, 'm');
      boolean extended = !PcreOptions.isOdd(flags, 'x');
      String java = PosixSyntax.toJava(expression, extended, ignoreCase, newline);
      int options =
          Pattern.UNIX_LINES
              | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
              | (newline ? 0 : Pattern.DOTALL);
      return RegularExpression.compile(java, options, false, captures);
    }
  },

  /** Perl-compatible expressions: pcre_table(5). */
  PCRE("imsxAEUX") {
    @Override
    RegularExpression compile(String expression, String flags, boolean captures)
        throws MalformedExpression {
      var options = PcreOptions.of(flags);
      int java =
          Pattern.UNIX_LINES
              | (options.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0)
              | (options.dotAll() ? Pattern.DOTALL : 0)
              | (options.multiline() ? Pattern.MULTILINE : 0);
      return RegularExpression.compile(
          PcreSyntax.toJava(expression, options), java, options.anchored(), false);
    }
  };

  private final String flags;

  RuleSyntax(String flags) {
    this.flags = flags;
  }

  boolean hasFlag(char flag) {
    return flags.indexOf(flag) >= 0;
  }

  /** Whether {@code /a/!/b/} is two expressions. */
  boolean allowsSecondExpression() {
    return this == REGEXP;
  }

  /**
   * @param expression what is between the delimiters, one character a byte
   * @param flags what follows the closing delimiter
   * @param captures whether the result refers to parentheses
   */
  abstract RegularExpression compile(String expression, String flags, boolean captures)
      throws MalformedExpression;
}
