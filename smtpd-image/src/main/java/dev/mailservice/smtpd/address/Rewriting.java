package dev.mailservice.smtpd.address;

import dev.mailservice.smtpd.protocol.AddressScanner;
import dev.mailservice.smtpd.protocol.AddressScanner.Kind;
import dev.mailservice.smtpd.protocol.AddressScanner.Lexeme;
import java.util.List;

/**
 * Brings an address into the form {@code user@domain}, as trivial-rewrite(8) does it.
 *
 * @param origin {@code myorigin} for addresses without a domain; empty to leave them without
 * @param domain {@code mydomain} for domains without a dot; empty to leave them without
 * @param swapsBangPath {@code swap_bangpath}: {@code domain!user} is {@code user@domain}
 * @param percentHack {@code allow_percent_hack}: {@code user%domain} is {@code user@domain}
 */
public record Rewriting(String origin, String domain, boolean swapsBangPath, boolean percentHack) {
  private static final Lexeme AT = new Lexeme(Kind.OPERATOR, "@");
  private static final Lexeme DOT = new Lexeme(Kind.OPERATOR, ".");

  /** The address in its usual form, without quotes like the argument. */
  String rewrite(String address) {
    List<Lexeme> lexemes = AddressScanner.scan(Quoting.quote(address));
    rewrite(lexemes);
    return Quoting.unquote(Quoting.quote(internal(lexemes)));
  }

  /** The same for an address that has been taken apart. */
  void rewrite(List<Lexeme> lexemes) {
    if (isEmptyString(lexemes)) {
      return;
    }
    if (lexemes.size() == 1 && lexemes.getFirst().is('@')) {
      lexemes.set(0, new Lexeme(Kind.QUOTED_STRING, ""));
      return;
    }
    withoutRoute(lexemes);
    if (lastOf(lexemes, '@') < 0) {
      findDomain(lexemes);
    }
    completeDomain(lexemes);
    int last = lexemes.size() - 1;
    if (lexemes.get(last).is('.')
        && last > 0
        && !lexemes.get(last - 1).is('.')
        && !lexemes.get(last - 1).is('@')) {
      lexemes.removeLast();
    }
  }

  private static boolean isEmptyString(List<Lexeme> lexemes) {
    return lexemes.size() == 1
        && lexemes.getFirst().kind() == Kind.QUOTED_STRING
        && lexemes.getFirst().text().isEmpty();
  }

  private static void withoutRoute(List<Lexeme> lexemes) {
    int colon = lexemes.getFirst().is('@') ? firstOf(lexemes, ':') : -1;
    if (colon >= 0 && colon < lexemes.size() - 1) {
      lexemes.subList(0, colon + 1).clear();
    }
  }

  private void findDomain(List<Lexeme> lexemes) {
    int bang = firstOf(lexemes, '!');
    int percent = lastOf(lexemes, '%');
    if (swapsBangPath && bang >= 0) {
      List<Lexeme> host = List.copyOf(lexemes.subList(0, bang));
      lexemes.subList(0, bang + 1).clear();
      lexemes.add(AT);
      lexemes.addAll(host);
    } else if (percentHack && percent >= 0) {
      lexemes.set(percent, AT);
    } else if (!origin.isEmpty()) {
      lexemes.add(AT);
      lexemes.addAll(AddressScanner.scan(origin));
    }
  }

  private void completeDomain(List<Lexeme> lexemes) {
    int at = lastOf(lexemes, '@');
    if (domain.isEmpty() || at < 0 || at == lexemes.size() - 1) {
      return;
    }
    List<Lexeme> parts = lexemes.subList(at, lexemes.size());
    if (parts.stream().noneMatch(it -> it.kind() == Kind.DOMAIN_LITERAL || it.is('.'))) {
      lexemes.add(DOT);
      lexemes.addAll(AddressScanner.scan(domain));
    }
  }

  static int firstOf(List<Lexeme> lexemes, char operator) {
    for (int i = 0; i < lexemes.size(); i++) {
      if (lexemes.get(i).is(operator)) {
        return i;
      }
    }
    return -1;
  }

  static int lastOf(List<Lexeme> lexemes, char operator) {
    for (int i = lexemes.size() - 1; i >= 0; i--) {
      if (lexemes.get(i).is(operator)) {
        return i;
      }
    }
    return -1;
  }

  /** An address as it is without quotes. */
  static String internal(List<Lexeme> lexemes) {
    var out = new StringBuilder();
    for (int i = 0; i < lexemes.size(); i++) {
      out.append(lexemes.get(i).internal());
    }
    return out.toString();
  }
}
