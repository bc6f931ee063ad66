package dev.mailservice.maincf.parameters;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.ParameterType;
import dev.mailservice.maincf.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every parameter that is known: those that the SMTP server reads and those of Postfix's other
 * programs, which a value may refer to all the same.
 */
public final class KnownParameters {
  /** {@code CONFIG_RAW} of local(8) and postscreen(8). */
  private static final Set<String> RAW_OF_OTHERS =
      Set.of(
          "command_execution_directory",
          "forward_path",
          "luser_relay",
          "mailbox_command",
          "postscreen_expansion_filter",
          "postscreen_reject_footer");

  private KnownParameters() {}

  /** Whether Postfix or this server has a parameter of this name. */
  public static boolean contains(String name) {
    return SmtpdParameters.named(name).isPresent() || PostfixParameters.contains(name);
  }

  /** Whether references in this parameter's value are left to whoever uses it. */
  public static boolean isRaw(String name) {
    return SmtpdParameters.named(name)
        .map(parameter -> parameter.type().raw())
        .orElseGet(() -> RAW_OF_OTHERS.contains(name));
  }

  /** All names, sorted, but for the limits of single delivery transports. */
  public static Set<String> names() {
    var names = new TreeSet<>(PostfixParameters.names());
    SmtpdParameters.all().forEach(parameter -> names.add(parameter.name()));
    return names;
  }

  /**
   * The file and the command line with the defaults of what the SMTP server reads behind them, and
   * of those parameters of other programs that a value refers to. Quick: the others are not even
   * loaded if nothing does.
   *
   * @param overrides {@code -o name=value}, in order
   * @param hostname the machine's name, see {@link HostDefaults}
   * @throws MainCfException if an override cannot be read
   */
  public static Configuration forServer(MainCf file, List<String> overrides, String hostname) {
    Configuration set = Configuration.of(file, SmtpdParameters.all());
    for (String override : overrides) {
      set = set.override(override);
    }
    return withReferences(onHost(set, hostname));
  }

  private static Configuration onHost(Configuration configuration, String hostname) {
    try {
      return HostDefaults.of(configuration, hostname);
    } catch (MainCfException e) {
      // Whoever reads the parameter is told; its default does not matter then.
      return configuration;
    }
  }

  /** The file with the defaults of all parameters behind it, as postconf(1) has them. */
  public static Configuration forPostconf(MainCf file) {
    var all = new ArrayList<Parameter<?>>(SmtpdParameters.all());
    for (String name : PostfixParameters.names()) {
      if (SmtpdParameters.named(name).isEmpty()) {
        all.add(ofOthers(name));
      }
    }
    return withReferences(Configuration.of(file, all));
  }

  private static Parameter<String> ofOthers(String name) {
    return Parameter.of(
        name,
        RAW_OF_OTHERS.contains(name) ? ParameterType.rawString(0, 0) : ParameterType.string(),
        PostfixParameters.defaultExpression(name).orElseThrow(),
        Support.NOT_IMPLEMENTED,
        "",
        "A parameter of another Postfix program.");
  }

  /** What is declared refers to what is declared, so that only what is set is looked into. */
  private static Configuration withReferences(Configuration configuration) {
    Configuration complete = configuration;
    Set<String> unread = configuration.names();
    while (!unread.isEmpty()) {
      var found = new TreeSet<String>();
      for (String name : unread) {
        if (!isRaw(name)) {
          found.addAll(complete.references(name));
        }
      }
      var more = new TreeMap<String, String>();
      for (String name : found) {
        if (complete.value(name).isEmpty() && PostfixParameters.contains(name)) {
          more.put(name, PostfixParameters.defaultExpression(name).orElseThrow());
        }
      }
      complete = complete.withDefaults(more);
      unread = more.keySet();
    }
    return complete;
  }
}
