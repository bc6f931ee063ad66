package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.restriction.RestrictionName.CHECK_CLIENT_ACCESS;
import static dev.mailservice.maincf.restriction.RestrictionName.CHECK_ETRN_ACCESS;
import static dev.mailservice.maincf.restriction.RestrictionName.CHECK_HELO_ACCESS;
import static dev.mailservice.maincf.restriction.RestrictionName.CHECK_RECIPIENT_ACCESS;
import static dev.mailservice.maincf.restriction.RestrictionName.CHECK_SENDER_ACCESS;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.restriction.Restriction;
import dev.mailservice.maincf.restriction.RestrictionList;
import dev.mailservice.maincf.restriction.RestrictionName;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All lists of restrictions of a configuration.
 *
 * @param places the list at each step of a session
 * @param classes the text of the administrator's own lists, {@code smtpd_restriction_classes}, by
 *     name
 */
public record RestrictionLists(Map<Place, List<Restriction>> places, Map<String, String> classes) {
  /** One of these must stand in the way of a stranger who wants to relay. */
  private static final Set<RestrictionName> KEEPS_FROM_RELAYING =
      EnumSet.of(
          RestrictionName.REJECT_UNAUTH_DESTINATION,
          RestrictionName.DEFER_UNAUTH_DESTINATION,
          RestrictionName.REJECT,
          RestrictionName.DEFER,
          RestrictionName.DEFER_IF_PERMIT);

  /** A step of a session. */
  public enum Place {
    CLIENT(AccessParameters.SMTPD_CLIENT_RESTRICTIONS, Optional.of(CHECK_CLIENT_ACCESS)),
    HELO(AccessParameters.SMTPD_HELO_RESTRICTIONS, Optional.of(CHECK_HELO_ACCESS)),
    SENDER(AccessParameters.SMTPD_SENDER_RESTRICTIONS, Optional.of(CHECK_SENDER_ACCESS)),
    RELAY(AccessParameters.SMTPD_RELAY_RESTRICTIONS, Optional.of(CHECK_RECIPIENT_ACCESS)),
    RECIPIENT(AccessParameters.SMTPD_RECIPIENT_RESTRICTIONS, Optional.of(CHECK_RECIPIENT_ACCESS)),
    ETRN(AccessParameters.SMTPD_ETRN_RESTRICTIONS, Optional.of(CHECK_ETRN_ACCESS)),
    DATA(AccessParameters.SMTPD_DATA_RESTRICTIONS, Optional.empty()),
    END_OF_DATA(AccessParameters.SMTPD_END_OF_DATA_RESTRICTIONS, Optional.empty());

    private final Parameter<List<String>> parameter;
    private final Optional<RestrictionName> bareTable;

    Place(Parameter<List<String>> parameter, Optional<RestrictionName> bareTable) {
      this.parameter = parameter;
      this.bareTable = bareTable;
    }

    /** The parameter that holds its list. */
    public Parameter<List<String>> parameter() {
      return parameter;
    }

    /** What a table without a restriction before it stands for; empty where it has no meaning. */
    public Optional<RestrictionName> bareTable() {
      return bareTable;
    }
  }

  /** Copies the maps. */
  public RestrictionLists {
    places = Map.copyOf(places);
    classes = Map.copyOf(classes);
  }

  /**
   * Reads them.
   *
   * @throws dev.mailservice.maincf.MainCfException if a value cannot be expanded
   */
  public static RestrictionLists of(Configuration main) {
    Set<String> names = new LinkedHashSet<>(main.get(AccessParameters.SMTPD_RESTRICTION_CLASSES));
    var places = new EnumMap<Place, List<Restriction>>(Place.class);
    for (Place place : Place.values()) {
      String text = main.expand(place.parameter().name()).orElse("");
      places.put(place, RestrictionList.read(text, place.bareTable(), names));
    }
    var classes = new LinkedHashMap<String, String>();
    names.forEach(name -> classes.put(name, main.expand(name).orElse("")));
    return new RestrictionLists(places, classes);
  }

  /** The list at a step of a session. */
  public List<Restriction> at(Place place) {
    return places.getOrDefault(place, List.of());
  }

  /**
   * One of the administrator's own lists, as it is meant at a step of a session: a bare table in it
   * means what it would mean in the list that names it.
   */
  public List<Restriction> ofClass(Place place, String name) {
    return RestrictionList.read(
        classes.getOrDefault(name, ""), place.bareTable(), classes.keySet());
  }

  /**
   * An access table that a list names.
   *
   * @param parameter the list's parameter
   * @param reference {@code type:name}
   */
  public record AccessTable(String parameter, String reference) {}

  /** All access tables that lists name, also those of the administrator's own lists. */
  public List<AccessTable> accessTables() {
    return Stream.concat(
            places.entrySet().stream()
                .flatMap(it -> accessTables(it.getKey().parameter().name(), it.getValue())),
            classes.keySet().stream()
                .flatMap(name -> accessTables(name, ofClass(Place.RECIPIENT, name))))
        .toList();
  }

  private static Stream<AccessTable> accessTables(String parameter, List<Restriction> list) {
    return list.stream()
        .filter(Restriction.Named.class::isInstance)
        .map(Restriction.Named.class::cast)
        .filter(it -> it.name().argument() == RestrictionName.Argument.TABLE)
        .map(it -> new AccessTable(parameter, it.argument()));
  }

  /** Whether something stands in the way of a stranger who wants to relay. */
  public boolean keepFromRelaying() {
    return keepsFromRelaying(at(Place.RELAY), new HashSet<>())
        || keepsFromRelaying(at(Place.RECIPIENT), new HashSet<>());
  }

  /** The restrictions one of which must be among those on relaying or on recipients. */
  static List<String> keepingFromRelaying() {
    return KEEPS_FROM_RELAYING.stream().map(RestrictionName::spelling).toList();
  }

  private boolean keepsFromRelaying(List<Restriction> list, Set<String> seen) {
    return list.stream()
        .filter(it -> !it.warnOnly())
        .anyMatch(
            it ->
                switch (it) {
                  case Restriction.Named named -> KEEPS_FROM_RELAYING.contains(named.name());
                  case Restriction.OfClass of ->
                      seen.add(of.className())
                          && keepsFromRelaying(ofClass(Place.RECIPIENT, of.className()), seen);
                  case Restriction.Malformed malformed -> false;
                });
  }
}
