package dev.mailservice.maincf.table;

/**
 * The flags after a pattern of pcre_table(5).
 *
 * @param ignoreCase off by {@code i}
 * @param dotAll off by {@code s}
 * @param multiline on by {@code m}
 * @param extended on by {@code x}
 * @param anchored on by {@code A}
 * @param dollarEndOnly on by {@code E}
 * @param ungreedy on by {@code U}
 */
record PcreOptions(
    boolean ignoreCase,
    boolean dotAll,
    boolean multiline,
    boolean extended,
    boolean anchored,
    boolean dollarEndOnly,
    boolean ungreedy) {
  /** Each letter turns its option round; letters that are no option are not looked at. */
  static PcreOptions of(String flags) {
    return new PcreOptions(
        !isOdd(flags, 'i'),
        !isOdd(flags, 's'),
        isOdd(flags, 'm'),
        isOdd(flags, 'x'),
        isOdd(flags, 'A'),
        isOdd(flags, 'E'),
        isOdd(flags, 'U'));
  }

  static boolean isOdd(String flags, char flag) {
    return flags.chars().filter(c -> c == flag).count() % 2 == 1;
  }
}
