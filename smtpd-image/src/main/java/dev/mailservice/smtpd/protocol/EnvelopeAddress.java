package dev.mailservice.smtpd.protocol;

import dev.mailservice.smtpd.protocol.AddressScanner.Lexeme;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The address of a MAIL, RCPT or VRFY command, taken out of whatever stands around it. Clients
 * write display names and comments where RFC 5321 wants a bare path; Postfix lets them unless
 * {@code strict_rfc821_envelopes} is set, and so does this.
 */
final class EnvelopeAddress {
  private final List<String> addresses = new ArrayList<>();
  private final Deque<Lexeme> current = new ArrayDeque<>();
  private int others;

  private EnvelopeAddress() {}

  /**
   * How an address may be written.
   *
   * @param strict {@code strict_rfc821_envelopes}: in angle brackets, and nothing else
   * @param emptyAllowed whether {@code <>} is one
   * @param isAddress whether what is left is one
   */
  record Form(boolean strict, boolean emptyAllowed, Predicate<String> isAddress) {}

  /**
   * Reads an address.
   *
   * @param word as the client wrote it
   * @return the address without quotes and brackets; empty if there is none or more than one
   */
  static Optional<String> parse(String word, Form form) {
    boolean bracketed = word.startsWith("<") && word.endsWith(">") && word.length() > 1;
    String text = withoutRoute(bracketed ? word.substring(1, word.length() - 1) : word);
    var found = new EnvelopeAddress();
    found.group(AddressScanner.scan(text));
    if (found.addresses.size() > 1
        || (form.strict() && (found.others > 0 || !word.startsWith("<")))) {
      return Optional.empty();
    }
    String address = found.addresses.isEmpty() ? "" : found.addresses.getFirst();
    if (address.isEmpty()) {
      return form.emptyAllowed() ? Optional.of(address) : Optional.empty();
    }
    boolean acceptable =
        !(form.strict() && address.startsWith("@")) && form.isAddress().test(address);
    return acceptable ? Optional.of(address) : Optional.empty();
  }

  /** RFC 5321 section 4.1.1.3: a source route is ignored. */
  private static String withoutRoute(String text) {
    int colon = text.startsWith("@") ? text.indexOf(':') : -1;
    return text.substring(colon + 1);
  }

  /**
   * Finds the addresses, from right to left as Postfix does: what stands in angle brackets is one,
   * and a word behind a word begins another.
   */
  private void group(List<Lexeme> lexemes) {
    boolean wordAllowed = true;
    boolean inGroup = false;
    int at = lexemes.size() - 1;
    while (at >= 0) {
      Lexeme lexeme = lexemes.get(at);
      if (lexeme.kind() == AddressScanner.Kind.COMMENT) {
        others++;
      } else if (lexeme.is(';')) {
        end();
        others++;
        inGroup = true;
        wordAllowed = true;
      } else if (lexeme.is(':') && inGroup) {
        end();
        at = skip(lexemes, at, ",");
        continue;
      } else if (lexeme.is('>')) {
        end();
        at = route(lexemes, at - 1);
        wordAllowed = true;
        continue;
      } else if (lexeme.isWord()) {
        if (!wordAllowed) {
          end();
        }
        current.addFirst(lexeme);
        wordAllowed = false;
      } else if (lexeme.is(',')) {
        end();
        others++;
        wordAllowed = true;
      } else {
        current.addFirst(lexeme);
        wordAllowed = true;
      }
      at--;
    }
    end();
  }

  /** Takes what is between the brackets, and passes over the display name before them. */
  private int route(List<Lexeme> lexemes, int from) {
    int at = from;
    while (at >= 0 && !lexemes.get(at).is('<')) {
      if (lexemes.get(at).kind() == AddressScanner.Kind.COMMENT) {
        others++;
      } else {
        current.addFirst(lexemes.get(at));
      }
      at--;
    }
    end();
    return skip(lexemes, at - 1, ">;,:");
  }

  private int skip(List<Lexeme> lexemes, int from, String until) {
    int at = from;
    while (at >= 0 && until.chars().noneMatch(lexemes.get(at)::isOperator)) {
      others++;
      at--;
    }
    return at;
  }

  private void end() {
    if (current.isEmpty()) {
      return;
    }
    var address = new StringBuilder();
    current.forEach(it -> address.append(it.internal()));
    addresses.add(address.toString());
    current.clear();
  }
}
