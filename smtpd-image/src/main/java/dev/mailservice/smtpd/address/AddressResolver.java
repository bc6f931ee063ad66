package dev.mailservice.smtpd.address;

import dev.mailservice.smtpd.protocol.AddressScanner;
import dev.mailservice.smtpd.protocol.AddressScanner.Kind;
import dev.mailservice.smtpd.protocol.AddressScanner.Lexeme;
import dev.mailservice.smtpd.protocol.Characters;
import dev.mailservice.smtpd.protocol.DomainName;
import dev.mailservice.smtpd.protocol.WireText;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds out where mail for an address would go, as resolve_addr() of Postfix's trivial-rewrite(8)
 * does: takes off local domains until a domain of others is left, or a user of this machine.
 *
 * @param rewriting the usual form of an address
 * @param form what is an address
 * @param localDomains {@code mydestination}; may throw {@link
 *     dev.mailservice.maincf.table.LookupFailure}
 * @param own this machine's addresses
 */
public record AddressResolver(
    Rewriting rewriting, Form form, Predicate<String> localDomains, OwnAddresses own) {

  private static final Lexeme AT = new Lexeme(Kind.OPERATOR, "@");

  /**
   * What is an address.
   *
   * @param hostname {@code myhostname}
   * @param emptyRecipient {@code empty_address_recipient}
   * @param dequotes {@code resolve_dequoted_address}
   * @param nullDomain {@code resolve_null_domain}
   * @param numericDomain {@code resolve_numeric_domain}
   * @param minusAllowed {@code allow_min_user}
   * @param smtpUtf8 {@code smtputf8_enable}
   */
  public record Form(
      String hostname,
      String emptyRecipient,
      boolean dequotes,
      boolean nullDomain,
      boolean numericDomain,
      boolean minusAllowed,
      boolean smtpUtf8) {}

  /**
   * What an address means.
   *
   * @param address without angle brackets or quotes, its bytes as {@code ISO-8859-1} decodes them;
   *     not empty
   * @throws dev.mailservice.maincf.table.LookupFailure if a table of {@code mydestination} fails
   */
  public ResolvedAddress resolve(String address) {
    Optional<String> decoded = decoded(address);
    // Bytes that are no text stand for themselves: they are in no table.
    return new Resolution(rewriting.rewrite(decoded.orElse(address)))
        .end(decoded.isPresent() || !form.smtpUtf8());
  }

  /**
   * Whether this is an address in a command that did or did not declare SMTPUTF8.
   *
   * @throws dev.mailservice.maincf.table.LookupFailure as {@link #resolve}
   */
  public boolean isAddress(String address, boolean declaredSmtpUtf8) {
    ResolvedAddress resolved = resolve(address);
    return !resolved.isMalformed() && (declaredSmtpUtf8 || Characters.isAscii(resolved.domain()));
  }

  /**
   * Whether a domain is this machine's: in {@code mydestination}, or one of its addresses in
   * brackets.
   *
   * @throws dev.mailservice.maincf.table.LookupFailure if a table of {@code mydestination} fails
   */
  public boolean isLocal(String domain) {
    String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    if (name.isEmpty() || name.endsWith(".")) {
      return false;
    }
    return localDomains.test(name)
        || (name.startsWith("[") && name.endsWith("]") && own.receivesFor(name));
  }

  private static Optional<String> decoded(String bytes) {
    return Characters.isUtf8(bytes) ? Optional.of(WireText.characters(bytes)) : Optional.empty();
  }

  private boolean isHostName(String domain) {
    if (Characters.isAscii(domain) || !form.smtpUtf8()) {
      return Characters.isAscii(domain) && DomainName.isValid(domain);
    }
    // IDNA 2003, which Java knows, lets hyphens at the ends of labels be; UTS 46 does not.
    if (Stream.of(domain.split("\\.")).anyMatch(it -> it.startsWith("-") || it.endsWith("-"))) {
      return false;
    }
    try {
      return DomainName.isValid(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** One address on its way. */
  private final class Resolution {
    private final List<Lexeme> lexemes;
    private final int patience;
    private List<Lexeme> stripped = List.of();
    private boolean remote;

    Resolution(String address) {
      lexemes = new ArrayList<>(AddressScanner.scan(Quoting.quote(address)));
      patience = address.length() + 100;
      for (int round = 0; step() && round < patience; round++) {
        // Each step takes a domain off or rewrites what is left.
      }
    }

    /** Whether there is more to do. */
    private boolean step() {
      stripDots();
      int at = Rewriting.lastOf(lexemes, '@');
      if (at >= 0) {
        if (at < lexemes.size() - 1
            && !isLocal(Rewriting.internal(lexemes.subList(at + 1, lexemes.size())))) {
          remote = true;
          return false;
        }
        stripped = List.copyOf(lexemes.subList(at, lexemes.size()));
        lexemes.subList(at, lexemes.size()).clear();
      }
      return isRouted() || openQuotes() || fillIn();
    }

    private void stripDots() {
      int last = lexemes.size() - 1;
      if (last > 0
          && lexemes.get(last).is('.')
          && Rewriting.lastOf(lexemes, '@') >= 0
          && !lexemes.get(last - 1).is('.')
          && !lexemes.get(last - 1).is('@')) {
        lexemes.removeLast();
      }
      if (form.nullDomain() && !lexemes.isEmpty() && lexemes.getLast().is('@')) {
        lexemes.removeLast();
      }
    }

    private boolean isRouted() {
      boolean routed =
          Rewriting.lastOf(lexemes, '@') >= 0
              || (rewriting.swapsBangPath() && Rewriting.lastOf(lexemes, '!') >= 0)
              || (rewriting.percentHack() && Rewriting.lastOf(lexemes, '%') >= 0);
      if (routed) {
        rewriting.rewrite(lexemes);
      }
      return routed;
    }

    /** Routing in quotes is none by the standards, but other mailers follow it. */
    private boolean openQuotes() {
      if (!form.dequotes()
          || lexemes.size() != 1
          || lexemes.getFirst().kind() != Kind.QUOTED_STRING) {
        return false;
      }
      String text = lexemes.getFirst().text();
      int at = text.lastIndexOf('@');
      int percent = rewriting.percentHack() ? text.lastIndexOf('%') : -1;
      int bang = rewriting.swapsBangPath() ? text.lastIndexOf('!') : -1;
      if (at < 0 && percent < 0 && bang < 0) {
        return false;
      }
      if (at < 0 && percent >= 0) {
        text = text.substring(0, percent) + "@" + text.substring(percent + 1);
        at = percent;
      }
      lexemes.clear();
      lexemes.addAll(AddressScanner.scan(at >= 0 ? Quoting.quote(text) : text));
      rewriting.rewrite(lexemes);
      return true;
    }

    private boolean fillIn() {
      if (lexemes.size() == 1
          && lexemes.getFirst().kind() == Kind.QUOTED_STRING
          && lexemes.getFirst().text().isEmpty()) {
        lexemes.clear();
      }
      if (lexemes.isEmpty()) {
        lexemes.addAll(AddressScanner.scan(form.emptyRecipient()));
        return !lexemes.isEmpty();
      }
      if (stripped.isEmpty()) {
        lexemes.add(AT);
        lexemes.addAll(AddressScanner.scan(form.hostname()));
        return true;
      }
      return false;
    }

    ResolvedAddress end(boolean isText) {
      if (!remote) {
        lexemes.addAll(stripped);
      }
      String address = Rewriting.internal(lexemes);
      String domain = address.substring(address.lastIndexOf('@') + 1);
      boolean local = !remote;
      boolean good;
      if (domain.startsWith("[")) {
        good = DomainName.isLiteral(domain);
      } else {
        good = isText && isHostName(domain);
        if (isText && !good && form.numericDomain() && DomainName.isLiteral("[" + domain + "]")) {
          good = true;
          address = address.substring(0, address.length() - domain.length()) + "[" + domain + "]";
          local |= isLocal("[" + domain + "]");
        }
      }
      boolean min = address.startsWith("-") && !form.minusAllowed();
      return new ResolvedAddress(address, local, isRouted(address), !good || min);
    }

    private boolean isRouted(String address) {
      int first = 0;
      while (first < address.length() && "@!%".indexOf(address.charAt(first)) < 0) {
        first++;
      }
      return first != address.lastIndexOf('@');
    }
  }
}
