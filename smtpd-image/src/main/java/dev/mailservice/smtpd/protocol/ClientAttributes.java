package dev.mailservice.smtpd.protocol;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an XCLIENT or XFORWARD command tells of another client, Postfix's XCLIENT_README and
 * XFORWARD_README. An attribute that is there and empty was told to be unavailable.
 *
 * @param values the attributes of the command that could be read
 * @param temporarilyUnavailable those that XCLIENT told to be {@code [TEMPUNAVAIL]}
 * @param refusal why the command fails; what stands before the culprit holds nevertheless
 */
public record ClientAttributes(
    Map<Attribute, String> values, Set<Attribute> temporarilyUnavailable, Optional<Reply> refusal) {
  private static final String UNAVAILABLE = "[UNAVAILABLE]";
  private static final String TEMPORARILY_UNAVAILABLE = "[TEMPUNAVAIL]";
  private static final int MAX_VALUE = 255;

  /** The attributes of both commands. */
  public enum Attribute {
    NAME,
    REVERSE_NAME,
    ADDR,
    PORT,
    HELO,
    PROTO,
    LOGIN,
    DESTADDR,
    DESTPORT,
    IDENT,
    SOURCE
  }

  private static final Set<Attribute> OF_XCLIENT =
      Set.of(
          Attribute.NAME,
          Attribute.REVERSE_NAME,
          Attribute.ADDR,
          Attribute.PORT,
          Attribute.HELO,
          Attribute.PROTO,
          Attribute.LOGIN,
          Attribute.DESTADDR,
          Attribute.DESTPORT);

  private static final Set<Attribute> OF_XFORWARD =
      Set.of(
          Attribute.NAME,
          Attribute.ADDR,
          Attribute.PORT,
          Attribute.HELO,
          Attribute.PROTO,
          Attribute.IDENT,
          Attribute.SOURCE);

  /** The value of an attribute; present and empty for one that is unavailable. */
  public Optional<String> get(Attribute attribute) {
    return Optional.ofNullable(values.get(attribute));
  }

  static ClientAttributes ofXclient(List<Token> words) {
    return parse(Verb.XCLIENT, OF_XCLIENT, words);
  }

  static ClientAttributes ofXforward(List<Token> words) {
    return parse(Verb.XFORWARD, OF_XFORWARD, words);
  }

  private static ClientAttributes parse(Verb verb, Set<Attribute> known, List<Token> words) {
    var values = new EnumMap<Attribute, String>(Attribute.class);
    var temporary = java.util.EnumSet.noneOf(Attribute.class);
    Optional<Reply> refusal = Optional.empty();
    try {
      for (Token word : words) {
        read(verb, known, word.text(), values, temporary);
      }
    } catch (Refused e) {
      refusal = Optional.of(e.reply());
    }
    return new ClientAttributes(Map.copyOf(values), Set.copyOf(temporary), refusal);
  }

  private static void read(
      Verb verb,
      Set<Attribute> known,
      String word,
      Map<Attribute, String> values,
      Set<Attribute> temporary)
      throws Refused {
    int equals = word.indexOf('=');
    if (equals < 0 || equals == word.length() - 1) {
      throw new Refused("501 5.5.4 Error: attribute=value expected");
    }
    String name = word.substring(0, equals);
    String raw = word.substring(equals + 1);
    if (raw.length() > MAX_VALUE) {
      throw new Refused("501 5.5.4 Error: attribute value too long");
    }
    String value = Characters.printable(Xtext.decode(raw).orElse(raw));
    Attribute attribute =
        known.stream()
            .filter(it -> it.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () -> new Refused("501 5.5.4 Bad %s attribute name: %s".formatted(verb, name)));
    boolean isName = attribute == Attribute.NAME || attribute == Attribute.REVERSE_NAME;
    if (verb == Verb.XCLIENT && isName && value.equalsIgnoreCase(TEMPORARILY_UNAVAILABLE)) {
      temporary.add(attribute);
      values.put(attribute, "");
    } else if (value.equalsIgnoreCase(UNAVAILABLE)) {
      values.put(attribute, unavailable(verb, attribute));
    } else {
      values.put(attribute, checked(verb, attribute, value));
    }
  }

  private static String unavailable(Verb verb, Attribute attribute) throws Refused {
    if (verb == Verb.XCLIENT && attribute == Attribute.PROTO) {
      throw bad(attribute, UNAVAILABLE);
    }
    return attribute == Attribute.SOURCE ? "LOCAL" : "";
  }

  private static String checked(Verb verb, Attribute attribute, String value) throws Refused {
    return switch (attribute) {
      case NAME, REVERSE_NAME -> {
        String name = verb == Verb.XFORWARD ? Characters.neutered(value) : value;
        yield require(DomainName.isValid(name), attribute, name);
      }
      case ADDR, DESTADDR -> {
        String address = Characters.neutered(value);
        yield DomainName.mailHostAddress(address)
            .orElseThrow(() -> bad(attribute, address))
            .toString();
      }
      case PORT, DESTPORT ->
          require(Characters.isDigits(value) && value.length() <= 5, attribute, value);
      case HELO ->
          Characters.neutered(
              require(verb == Verb.XFORWARD || value.length() <= MAX_VALUE, attribute, value));
      case PROTO ->
          verb == Verb.XFORWARD
              ? Characters.neutered(require(value.length() <= 64, attribute, value))
              : require(value.matches("(?i)E?SMTP"), attribute, value).toUpperCase(Locale.ROOT);
      case SOURCE ->
          require(value.matches("(?i)LOCAL|REMOTE"), attribute, value).toUpperCase(Locale.ROOT);
      case IDENT -> Characters.neutered(value);
      case LOGIN -> value;
    };
  }

  private static String require(boolean holds, Attribute attribute, String value) throws Refused {
    if (!holds) {
      throw bad(attribute, value);
    }
    return value;
  }

  private static Refused bad(Attribute attribute, String value) {
    return new Refused("501 5.5.4 Bad %s syntax: %s".formatted(attribute, value));
  }
}
