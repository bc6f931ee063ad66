package dev.mailservice.maincf.parameters;

import dev.mailservice.maincf.CompatibilityLevel;
import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.StressDependent;
import dev.mailservice.maincf.Support;
import dev.mailservice.maincf.Tokens;
import dev.mailservice.maincf.parameters.RestrictionLists.Place;
import dev.mailservice.maincf.restriction.Restriction;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What keeps a configuration from being run, and what an administrator should know of one that can:
 * the one rule that the server's start, the operator and {@code smtpd check} go by.
 *
 * <p>Errors: a value that is not of its type, calm or stressed; a parameter that stops mail and is
 * not implemented, set to something else than its default. All else is a warning, in Postfix's
 * words where it has them.
 */
public final class ConfigurationCheck {
  private static final String RESTRICTION_CLASSES = "smtpd_restriction_classes";
  private static final String COMPATIBILITY_LEVEL = "compatibility_level";

  /** Beyond any level: what the defaults are without compatibility. */
  private static final String NEWEST_LEVEL = COMPATIBILITY_LEVEL + "=99999";

  /**
   * A word of a match list that is no address, network, file or table, nor what every client is
   * called that has no name.
   */
  private static final Pattern CLIENT_NAME =
      Pattern.compile("(?!/)(?!unknown$)[^:\\[{]*[A-Za-z_][^:\\[{]*");

  /** Lists in which a client is looked for by its name and its address. */
  private static final List<Parameter<List<String>>> LISTS_OF_CLIENTS =
      List.of(
          MiscellaneousParameters.MYNETWORKS,
          CompatibilityParameters.SMTPD_SASL_EXCEPTIONS_NETWORKS,
          ContentFilterParameters.SMTPD_AUTHORIZED_XFORWARD_HOSTS,
          TroubleShootingParameters.SMTPD_AUTHORIZED_XCLIENT_HOSTS,
          RateParameters.SMTPD_CLIENT_EVENT_LIMIT_EXCEPTIONS,
          RateParameters.SMTPD_FORBID_BARE_NEWLINE_EXCLUSIONS);

  /** What exists from the server's start to its end, and cannot become another meanwhile. */
  private static final List<Parameter<?>> READ_AT_START =
      List.of(
          ProcessParameters.DEFAULT_PROCESS_LIMIT,
          ProcessParameters.SMTPD_LISTEN_BACKLOG,
          RateParameters.ANVIL_RATE_TIME_UNIT,
          ProxyFilterParameters.SMTPD_PROXY_FILTER,
          ProxyFilterParameters.SMTPD_PROXY_CONCURRENCY_LIMIT,
          LocalDeliveryParameters.MAIL_SPOOL_DIRECTORY,
          MiscellaneousParameters.QUEUE_DIRECTORY);

  /** Parameters of cleanup(8) and its like that change who gets a message or a copy of it. */
  private static final Set<String> REDIRECTING =
      Set.of(
          "always_bcc",
          "sender_bcc_maps",
          "recipient_bcc_maps",
          "recipient_canonical_maps",
          "sender_canonical_maps",
          "masquerade_domains",
          "transport_maps",
          "relocated_maps",
          "virtual_mailbox_maps",
          "mailbox_command",
          "luser_relay");

  /**
   * Values at which nothing is stopped, whatever the parameter: a text or a list that is empty, and
   * postscreen(8)'s ignore.
   */
  private static final Set<String> STOPS_NOTHING = Set.of("", "[]", "ignore");

  /** Written out: an AOT cache holds no comparators that are made of others. */
  private static final Comparator<Position> BY_PLACE =
      (one, other) ->
          one.line() == other.line()
              ? Integer.compare(one.column(), other.column())
              : Integer.compare(one.line(), other.line());

  /**
   * For so many strangers the names they are near to are looked for: whoever has more has not
   * erred.
   */
  private static final int MAX_GUESSES = 20;

  private final Configuration configuration;
  private final List<Configuration> personalities;
  private final Set<Diagnostic> found = new LinkedHashSet<>();
  private int guesses;

  private ConfigurationCheck(Configuration configuration) {
    this.configuration = configuration;
    this.personalities = List.of(configuration.calm(), configuration.stressed());
  }

  /**
   * Reads every parameter, calm and stressed.
   *
   * @param configuration with the defaults of all that its values refer to, see {@link
   *     KnownParameters#forServer}
   * @return everything wrong or doubtful in one go, in the order of the file; empty is a clean bill
   */
  public static List<Diagnostic> check(Configuration configuration) {
    var check = new ConfigurationCheck(configuration);
    if (check.unreasonable()) {
      return List.copyOf(check.found);
    }
    check.typeErrors();
    check.compatibilityLevel();
    check.malformed();
    check.undefined();
    check.unused();
    check.ofOtherPrograms();
    check.notImplemented();
    check.namesOfClients();
    check.keywords();
    check.restrictions();
    check.prerequisites();
    check.whereItListens();
    check.readAtStart();
    return check.found.stream()
        .sorted(Comparator.comparing(Diagnostic::position, BY_PLACE))
        .toList();
  }

  /** Values that no machine should be asked to make are not looked into any further. */
  private boolean unreasonable() {
    personalities.forEach(personality -> personality.unreasonable().ifPresent(found::add));
    return !found.isEmpty();
  }

  private void typeErrors() {
    var ofDefaults = new LinkedHashSet<Diagnostic>();
    for (Configuration personality : personalities) {
      for (Parameter<?> parameter : SmtpdParameters.all()) {
        try {
          personality.get(parameter);
        } catch (MainCfException e) {
          (personality.isSet(parameter.name()) || e.diagnostic().position().line() > 0
                  ? found
                  : ofDefaults)
              .add(e.diagnostic());
        }
      }
    }
    if (found.isEmpty()) {
      // Otherwise what is wrong with a default is what is wrong with a value that it refers to.
      found.addAll(ofDefaults);
    }
  }

  private void compatibilityLevel() {
    for (Configuration personality : personalities) {
      try {
        CompatibilityLevel.parse(personality.expand(COMPATIBILITY_LEVEL).orElse("0"));
      } catch (IllegalArgumentException e) {
        error(COMPATIBILITY_LEVEL, String.valueOf(e.getMessage()));
        return;
      } catch (MainCfException e) {
        return; // Told already: it is a parameter like any other.
      }
    }
    for (Parameter<?> parameter : SmtpdParameters.all()) {
      if (parameter.support() == Support.IMPLEMENTED
          && parameter.defaultExpression().contains(COMPATIBILITY_LEVEL)
          && !configuration.isSet(parameter.name())
          && matters(parameter)) {
        backwardsCompatible(parameter.name())
            .ifPresent(
                value ->
                    found.add(
                        new Diagnostic(
                            Severity.WARNING,
                            configuration.wholeFile(),
                            "using backwards-compatible default setting %s=%s, want: %s or %s = ..."
                                .formatted(
                                    parameter.name(),
                                    value,
                                    COMPATIBILITY_LEVEL + " = 3.6",
                                    parameter.name()))));
      }
    }
  }

  /**
   * Whether anybody asks for this parameter: without certificates of clients nothing is digested,
   * and where there is one list only there is no order.
   */
  private boolean matters(Parameter<?> parameter) {
    if (isNamed(parameter, TlsParameters.SMTPD_TLS_FINGERPRINT_DIGEST)) {
      return isEver(TlsParameters.SMTPD_TLS_ASK_CCERT, true)
          || isEver(TlsParameters.SMTPD_TLS_REQ_CCERT, true);
    }
    return !isNamed(parameter, CompatibilityParameters.SMTPD_RELAY_BEFORE_RECIPIENT_RESTRICTIONS)
        || configuration.isSet(AccessParameters.SMTPD_RECIPIENT_RESTRICTIONS.name());
  }

  private static boolean isNamed(Parameter<?> parameter, Parameter<?> other) {
    return parameter.name().equals(other.name());
  }

  /** Whether a parameter has this value, calm or stressed; not if it cannot be read. */
  private <T> boolean isEver(Parameter<T> parameter, T value) {
    for (Configuration personality : personalities) {
      try {
        if (personality.get(parameter).equals(value)) {
          return true;
        }
      } catch (MainCfException e) {
        continue; // Told already: it is a parameter like any other.
      }
    }
    return false;
  }

  private Optional<String> backwardsCompatible(String name) {
    Configuration calm = personalities.getFirst();
    try {
      String now = calm.expandDefault(name).orElse("");
      String newest = calm.override(NEWEST_LEVEL).expandDefault(name).orElse("");
      return now.equals(newest) ? Optional.empty() : Optional.of(now);
    } catch (MainCfException e) {
      return Optional.empty();
    }
  }

  /** What no evaluation comes by yet: tomorrow's error. */
  private void malformed() {
    for (String name : configuration.names()) {
      for (Diagnostic diagnostic : expanded(name) ? configuration.malformed(name) : none()) {
        if (!found.contains(diagnostic)) {
          found.add(new Diagnostic(Severity.WARNING, diagnostic.position(), diagnostic.message()));
        }
      }
    }
  }

  private void undefined() {
    var told = new TreeSet<String>();
    for (String name : inPlaceOrder(configuration.names())) {
      var uses = new TreeSet<String>();
      if (expanded(name)) {
        uses.addAll(configuration.references(name));
      }
      if (name.equals(RESTRICTION_CLASSES)) {
        uses.addAll(restrictionClasses());
      }
      for (String use : uses) {
        if (!configuration.isSet(use) && !KnownParameters.contains(use) && told.add(use)) {
          warning(name, "undefined parameter: " + use + orNearest(use));
        }
      }
    }
  }

  private void unused() {
    List<String> strangers =
        configuration.names().stream().filter(name -> !KnownParameters.contains(name)).toList();
    if (strangers.isEmpty()) {
      return; // To look for references takes longer than all else.
    }
    Set<String> used = new TreeSet<>(configuration.references());
    used.addAll(restrictionClasses());
    for (String name : strangers) {
      if (!used.contains(name)) {
        warning(name, "unused parameter: %s=%s%s".formatted(name, value(name), orNearest(name)));
      }
    }
  }

  private String orNearest(String name) {
    if (++guesses > MAX_GUESSES) {
      return "";
    }
    List<String> nearest = NearestNames.of(name);
    return nearest.isEmpty() ? "" : ", did you mean " + String.join(" or ", nearest) + "?";
  }

  private void ofOtherPrograms() {
    List<String> names =
        configuration.names().stream()
            .filter(name -> SmtpdParameters.named(name).isEmpty())
            .filter(PostfixParameters::contains)
            .filter(name -> !sets(name, PostfixParameters.defaultExpression(name).orElse("")))
            .toList();
    names.stream()
        .filter(REDIRECTING::contains)
        .forEach(
            name ->
                warning(
                    name,
                    "%s = %s is without effect here: who gets which mail is the next hop's to say"
                        .formatted(name, value(name))));
    List<String> others = names.stream().filter(name -> !REDIRECTING.contains(name)).toList();
    if (!others.isEmpty()) {
      warning(
          inPlaceOrder(others).getFirst(),
          "without effect here, because another of Postfix's programs reads it: "
              + String.join(", ", others));
    }
  }

  private void notImplemented() {
    for (String name : configuration.names()) {
      SmtpdParameters.named(name)
          .filter(parameter -> !isDefault(parameter))
          .ifPresent(
              parameter -> {
                switch (parameter.support()) {
                  case IMPLEMENTED, OWN -> {}
                  case NOT_IMPLEMENTED -> withoutEffect(name);
                  case RESTRICTIVE_NOT_IMPLEMENTED -> {
                    if (asksForNoMore(parameter)) {
                      withoutEffect(name);
                    } else {
                      error(
                          name,
                          ("%s = %s is not implemented, and to ignore it would let mail through"
                                  + " that it stops: remove it, or let the next hop do it")
                              .formatted(name, value(name)));
                    }
                  }
                }
              });
    }
  }

  /** A name in a list of clients matches nobody where no name is looked up. */
  private void namesOfClients() {
    for (Parameter<List<String>> list : LISTS_OF_CLIENTS) {
      if (configuration.isSet(list.name())) {
        namesOfClients(
            list,
            personality -> !personality.get(RateParameters.SMTPD_PEERNAME_LOOKUP),
            " where smtpd_peername_lookup = no");
      }
    }
    namesOfClients(
        UpstreamProxyParameters.SMTPD_UPSTREAM_PROXY_HOSTS,
        personality -> true,
        ", because a proxy's name is not looked up");
  }

  /** Postfix passes over a keyword that it does not know, so that what was meant is offered. */
  private void keywords() {
    Parameter<List<String>> list = CompatibilityParameters.SMTPD_DISCARD_EHLO_KEYWORDS;
    var strangers = new LinkedHashSet<String>();
    for (Configuration personality : personalities) {
      try {
        personality.get(list).stream()
            .filter(
                it -> !CompatibilityParameters.EHLO_KEYWORDS.contains(it.toLowerCase(Locale.ROOT)))
            .forEach(strangers::add);
      } catch (MainCfException e) {
        continue; // Told already: it is a parameter like any other.
      }
    }
    strangers.forEach(
        it ->
            warning(
                list.name(),
                "%s: no EHLO keyword \"%s\", want: %s"
                    .formatted(
                        list.name(),
                        it,
                        String.join(" ", new TreeSet<>(CompatibilityParameters.EHLO_KEYWORDS)))));
  }

  private void namesOfClients(
      Parameter<List<String>> list, Predicate<Configuration> isByAddress, String why) {
    var names = new LinkedHashSet<String>();
    for (Configuration personality : personalities) {
      try {
        if (isByAddress.test(personality)) {
          personality.get(list).stream()
              .takeWhile(word -> !word.startsWith("#"))
              .map(word -> word.replaceFirst("^!+", ""))
              .filter(word -> CLIENT_NAME.matcher(word).matches())
              .forEach(names::add);
        }
      } catch (MainCfException e) {
        continue; // Told already: it is a parameter like any other.
      }
    }
    for (String name : names) {
      warning(
          list.name(),
          "%s: \"%s\" matches nobody%s, want: an address or a network"
              .formatted(list.name(), name, why));
    }
  }

  /** Restrictions that cannot be understood, and lists that would make an open relay. */
  private void restrictions() {
    for (Configuration personality : personalities) {
      RestrictionLists lists;
      try {
        lists = RestrictionLists.of(personality);
      } catch (MainCfException e) {
        continue; // Told already: they are parameters like any other.
      }
      lists.places().forEach((place, list) -> restrictions(place.parameter().name(), list));
      lists.classes().keySet().forEach(name -> restrictionClass(name, lists));
      if (!lists.keepFromRelaying()) {
        error(
            Place.RELAY.parameter().name(),
            "in parameter %s or %s, specify at least one working instance of: %s"
                .formatted(
                    Place.RELAY.parameter().name(),
                    Place.RECIPIENT.parameter().name(),
                    String.join(", ", RestrictionLists.keepingFromRelaying())));
      }
    }
  }

  private void restrictionClass(String name, RestrictionLists lists) {
    if (configuration.value(name).orElse("").isEmpty()) {
      error(RESTRICTION_CLASSES, "restriction class `%s' needs a definition".formatted(name));
    } else {
      restrictions(name, lists.ofClass(Place.RECIPIENT, name));
    }
  }

  private void restrictions(String parameter, List<Restriction> list) {
    for (Restriction restriction : list) {
      if (restriction instanceof Restriction.Malformed(String message, boolean warnOnly)) {
        error(parameter, "%s: %s".formatted(parameter, message));
      }
    }
  }

  private void prerequisites() {
    for (Configuration personality : personalities) {
      try {
        for (Prerequisites.Missing missing : Prerequisites.missing(personality)) {
          found.add(
              new Diagnostic(
                  missing.isFatal() ? Severity.ERROR : Severity.WARNING,
                  position(missing.parameter().name()),
                  missing.message()));
        }
      } catch (MainCfException e) {
        continue; // Told already: they are parameters like any other.
      }
    }
  }

  /** Whoever closed Postfix to the world by this parameter must not think that it holds here. */
  private void whereItListens() {
    Parameter<?> interfaces = RecipientParameters.INET_INTERFACES;
    if (configuration.isSet(interfaces.name()) && !isDefault(interfaces)) {
      warning(
          interfaces.name(),
          "%s = %s does not say where this server listens: --listen does"
              .formatted(interfaces.name(), value(interfaces.name())));
    }
  }

  /** Whoever has a next hop take more under stress must not think that it happens by itself. */
  private void readAtStart() {
    for (Parameter<?> parameter : READ_AT_START) {
      String name = parameter.name();
      try {
        if (configuration.isSet(name)
            && StressDependent.of(name, personalities.getFirst(), personalities.getLast())
                .isPresent()) {
          warning(
              name,
              "%s depends on stress and is read when the server starts: stress that comes or goes later does not change it"
                  .formatted(name));
        }
      } catch (MainCfException e) {
        continue; // Told already: it is a parameter like any other.
      }
    }
  }

  private void withoutEffect(String name) {
    warning(name, "%s = %s is not implemented, and without effect".formatted(name, value(name)));
  }

  /**
   * Whether a parameter that stops mail is set, calm and stressed, to stop no more than this server
   * does without it.
   */
  private boolean asksForNoMore(Parameter<?> parameter) {
    return isAlways(
        parameter, (value, byDefault) -> value.equals(byDefault) || stopsNothing(value));
  }

  private static boolean stopsNothing(Object value) {
    return STOPS_NOTHING.contains(value.toString());
  }

  /** Whether a parameter that is set has the value, calm and stressed, that it has anyway. */
  private boolean isDefault(Parameter<?> parameter) {
    return sets(parameter.name(), parameter.defaultExpression())
        || isAlways(parameter, Object::equals);
  }

  /** Whether this holds for a parameter's value and its default, calm and stressed. */
  private boolean isAlways(Parameter<?> parameter, BiPredicate<Object, Object> condition) {
    String name = parameter.name();
    try {
      for (Configuration personality : personalities) {
        String byDefault = personality.expandDefault(name).orElse("");
        if (!condition.test(personality.get(parameter), parameter.type().read(name, byDefault))) {
          return false;
        }
      }
      return true;
    } catch (MainCfException | IllegalArgumentException e) {
      return false;
    }
  }

  private boolean sets(String name, String expression) {
    return value(name).equals(expression);
  }

  private Set<String> restrictionClasses() {
    var classes = new TreeSet<String>();
    for (Configuration personality : personalities) {
      try {
        classes.addAll(Tokens.split(personality.expand(RESTRICTION_CLASSES).orElse("")));
      } catch (MainCfException e) {
        // Told already: it is a parameter like any other.
        continue;
      }
    }
    return classes;
  }

  private List<String> inPlaceOrder(Collection<String> names) {
    return names.stream()
        .sorted((one, other) -> BY_PLACE.compare(position(one), position(other)))
        .toList();
  }

  private static boolean expanded(String name) {
    return !KnownParameters.isRaw(name);
  }

  private static List<Diagnostic> none() {
    return List.of();
  }

  private String value(String name) {
    return configuration.value(name).orElse("");
  }

  private Position position(String name) {
    return configuration.position(name).orElseThrow();
  }

  private void warning(String name, String message) {
    found.add(new Diagnostic(Severity.WARNING, position(name), message));
  }

  private void error(String name, String message) {
    found.add(new Diagnostic(Severity.ERROR, position(name), message));
  }
}
