package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.parameters.RestrictionLists.Place;
import java.util.EnumMap;
import java.util.Map;

/** The restrictions of a configuration, ready to be asked. Safe for use by several threads. */
public final class Restrictions {
  private final RestrictionSettings settings;
  private final Map<Place, Check> lists = new EnumMap<>(Place.class);
  private final AddressChecks addresses;

  /**
   * Opens what the lists name.
   *
   * @throws IllegalArgumentException if a table or a server cannot be read
   */
  public Restrictions(RestrictionSettings settings) {
    this.settings = settings;
    this.addresses = new AddressChecks(settings, new DomainQuestions());
    for (Place place : Place.values()) {
      try {
        lists.put(place, new RestrictionChecks(place, settings).list());
      } catch (ConfigurationFault e) {
        throw new IllegalArgumentException(place.parameter().name() + ": " + e.getMessage(), e);
      }
    }
  }

  Check at(Place place) {
    Check list = lists.get(place);
    return list == null ? it -> Verdict.UNDECIDED : list;
  }

  AddressChecks addresses() {
    return addresses;
  }

  RestrictionSettings.Order order() {
    return settings.order();
  }

  boolean softBounce() {
    return settings.softBounce();
  }

  /** The domains for which there is mail here. */
  public Destinations destinations() {
    return settings.addresses().destinations();
  }
}
