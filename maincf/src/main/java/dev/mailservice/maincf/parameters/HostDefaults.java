package dev.mailservice.maincf.parameters;

import dev.mailservice.maincf.Configuration;

/**
 * The defaults that the machine's name decides, {@code myhostname} and {@code mydomain}, reckoned
 * as mail_params(3) and postconf(1) do.
 */
public final class HostDefaults {
  private static final String MYHOSTNAME = "myhostname";
  private static final String MYDOMAIN = "mydomain";

  /** What Postfix takes where neither a name nor the file has a domain. */
  private static final String NO_DOMAIN = "localdomain";

  private HostDefaults() {}

  /**
   * A configuration on a machine of this name.
   *
   * <p>A name without a dot gets the file's {@code mydomain}; {@code mydomain} is what follows the
   * first dot of {@code myhostname}. Both are looked up before any default counts, as in Postfix.
   *
   * @throws dev.mailservice.maincf.MainCfException if the file sets one of them to what cannot be
   *     expanded
   */
  public static Configuration of(Configuration configuration, String hostname) {
    Configuration set = configuration.withoutDefaults();
    Configuration on = configuration;
    if (!set.isSet(MYHOSTNAME)) {
      on = on.withDefault(MYHOSTNAME, full(set, hostname));
    }
    if (!set.isSet(MYDOMAIN)) {
      String name = set.expand(MYHOSTNAME).orElseGet(() -> full(set, hostname));
      int dot = name.indexOf('.');
      on = on.withDefault(MYDOMAIN, dot < 0 ? NO_DOMAIN : name.substring(dot + 1));
    }
    return on;
  }

  private static String full(Configuration set, String hostname) {
    return hostname.contains(".")
        ? hostname
        : hostname + "." + set.expand(MYDOMAIN).orElse(NO_DOMAIN);
  }
}
