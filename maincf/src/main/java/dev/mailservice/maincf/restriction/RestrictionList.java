package dev.mailservice.maincf.restriction;

import dev.mailservice.maincf.Tokens;
import dev.mailservice.maincf.restriction.RestrictionName.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a list of restrictions. Follows Postfix's generic_checks. */
public final class RestrictionList {
  /** Stands before a restriction whose refusals are logged and not meant. */
  public static final String WARN_IF_REJECT = "warn_if_reject";

  private final List<String> words;
  private final Optional<RestrictionName> bareTable;
  private final Set<String> classes;
  private final List<Restriction> read = new ArrayList<>();
  private int at;

  private RestrictionList(
      List<String> words, Optional<RestrictionName> bareTable, Set<String> classes) {
    this.words = words;
    this.bareTable = bareTable;
    this.classes = classes;
  }

  /**
   * Reads a list.
   *
   * @param text the list, expanded
   * @param bareTable what {@code type:name} without a restriction before it stands for; empty where
   *     that has no meaning
   * @param classes the names in {@code smtpd_restriction_classes}
   * @return in order; what is not understood stands there as {@link Restriction.Malformed}
   */
  public static List<Restriction> read(
      String text, Optional<RestrictionName> bareTable, Set<String> classes) {
    return new RestrictionList(Tokens.splitOutsideBraces(text), bareTable, classes).read();
  }

  private List<Restriction> read() {
    boolean warnOnly = false;
    while (at < words.size()) {
      if (words.get(at).equalsIgnoreCase(WARN_IF_REJECT)) {
        warnOnly = true;
        at++;
      } else {
        read.add(one(words.get(at), warnOnly));
        warnOnly = false;
      }
    }
    return List.copyOf(read);
  }

  private Restriction one(String word, boolean warnOnly) {
    if (word.indexOf(':') >= 0) {
      return bareTable(word, warnOnly);
    }
    at++;
    Optional<RestrictionName> name = RestrictionName.of(word);
    if (name.isPresent()) {
      return named(name.get(), warnOnly);
    }
    if (classes.contains(word)) {
      return new Restriction.OfClass(word, warnOnly);
    }
    return new Restriction.Malformed(
        RestrictionName.elsewhere(word)
            .map(why -> "restriction %s %s".formatted(word, why))
            .orElse("unknown smtpd restriction: \"%s\"".formatted(word)),
        warnOnly);
  }

  private Restriction bareTable(String table, boolean warnOnly) {
    at++;
    return bareTable
        .<Restriction>map(it -> new Restriction.Named(it, bare(table), warnOnly))
        .orElseGet(
            () ->
                new Restriction.Malformed(
                    ("specify one of (check_client_access, check_helo_access,"
                            + " check_sender_access, check_recipient_access, check_etrn_access)"
                            + " before \"%s\"")
                        .formatted(table),
                    warnOnly));
  }

  private Restriction named(RestrictionName name, boolean warnOnly) {
    if (name.argument() == Argument.NONE) {
      return new Restriction.Named(name, "", warnOnly);
    }
    String argument = at < words.size() ? bare(words.get(at)) : "";
    if (name.argument() == Argument.TABLE && Tokens.splitOutsideBraces(argument).size() > 1) {
      at++;
      return new Restriction.Malformed(
          "restriction %s: attributes of a table are not implemented: \"%s\", want: type:name"
              .formatted(name.spelling(), argument),
          warnOnly);
    }
    if (!isGood(name.argument(), argument)) {
      return new Restriction.Malformed(
          "restriction %s: bad argument \"%s\", want: %s"
              .formatted(name.spelling(), argument, name.argument().form()),
          warnOnly);
    }
    at++;
    return new Restriction.Named(name, argument, warnOnly);
  }

  private static boolean isGood(Argument kind, String argument) {
    return switch (kind) {
      case NONE -> true;
      case TABLE, POLICY_SERVICE -> argument.indexOf(':') >= 0;
      case DNS_LIST -> !argument.isEmpty() && argument.indexOf(':') < 0;
      case SECONDS -> argument.matches("[0-9]{1,9}");
    };
  }

  private static String bare(String word) {
    return word.startsWith("{") && word.endsWith("}")
        ? word.substring(1, word.length() - 1).strip()
        : word;
  }
}
