package dev.mailservice.maincf.postconf;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Tokens;
import dev.mailservice.maincf.parameters.HostDefaults;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.parameters.PostfixParameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Postfix's postconf(1), as far as it shows parameters of {@code main.cf}.
 *
 * <p>What goes to standard output, and the exit status, are the reference's for parameters that
 * both know and whose defaults agree. What goes to standard error says the same in the same order
 * of kinds, but a diagnostic has a column and what would be right, names are sorted where the
 * reference has the order of a hash table, and nothing is said twice. There is no {@code
 * master.cf}.
 */
public final class Postconf {
  private static final String NAME = "postconf";

  private static final String CONFIG_DIRECTORY = "config_directory";

  /** Parameters whose old names have no default of their own: shown only if set. */
  private static final Set<String> LEGACY =
      Set.of(
          "authorized_verp_clients",
          "fallback_relay",
          "lmtp_per_record_deadline",
          "postscreen_blacklist_action",
          "postscreen_dnsbl_ttl",
          "postscreen_dnsbl_whitelist_threshold",
          "postscreen_whitelist_interfaces",
          "smtp_per_record_deadline",
          "smtpd_client_connection_limit_exceptions",
          "smtpd_per_record_deadline",
          "tlsproxy_client_level",
          "tlsproxy_client_policy",
          "virtual_maps");

  /** What no file can set. */
  private static final List<String> READ_ONLY =
      List.of("process_id", "process_name", "service_name");

  /**
   * A file and where it was found.
   *
   * @param directory as the administrator wrote it, for the messages
   * @param isChosen whether the administrator wrote it, which sets {@code config_directory}
   * @param text the whole file, decoded as ISO-8859-1
   */
  public record Source(String directory, boolean isChosen, String text) {
    String file() {
      return directory + "/main.cf";
    }
  }

  /**
   * Where the answer is given.
   *
   * @param hostname the machine's name
   * @param processId the default of {@code process_id}
   */
  public record Machine(String hostname, long processId) {}

  /**
   * What is printed.
   *
   * @param lines for standard output
   * @param messages for standard error, {@code postconf: warning: ...}
   * @param status the exit status, 0 or 1
   */
  public record Printed(List<String> lines, List<String> messages, int status) {
    /** Nothing but the reason why there is nothing. */
    public static Printed fatal(String reason) {
      return new Printed(List.of(), List.of(NAME + ": fatal: " + reason), 1);
    }
  }

  /** The end of it all, after warnings. */
  private static final class Fatal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fatal(String reason) {
      super(reason, null, false, false);
    }
  }

  private final PostconfOptions options;
  private final Source source;
  private final Set<String> messages = new LinkedHashSet<>();
  private final Set<String> userDefined = new TreeSet<>();
  private final Set<String> undefined = new TreeSet<>();

  private Postconf(PostconfOptions options, Source source) {
    this.options = options;
    this.source = source;
  }

  /**
   * Explains the named parameters instead.
   *
   * <p>What keeps postconf(1) from showing anything keeps this from it as well.
   */
  public static Printed explain(PostconfOptions options, Source source, Machine machine) {
    var postconf = new Postconf(options, source);
    if (options.names().isEmpty()) {
      return Printed.fatal("--explain requires the name of a parameter");
    }
    try {
      Configuration main = postconf.configuration(machine);
      var lines = new ArrayList<String>();
      boolean known = true;
      for (String name : options.names()) {
        Optional<List<String>> explanation = Explanation.of(main, name);
        if (explanation.isPresent()) {
          lines.addAll(lines.isEmpty() ? List.of() : List.of(""));
          lines.addAll(explanation.get());
        } else {
          postconf.warning(Explanation.unknown(name));
          known = false;
        }
      }
      return new Printed(lines, List.copyOf(postconf.messages), known ? 0 : 1);
    } catch (Fatal e) {
      return postconf.failed(e);
    }
  }

  private Printed failed(Fatal e) {
    messages.add(printable(NAME + ": fatal: " + e.getMessage()));
    return new Printed(List.of(), List.copyOf(messages), 1);
  }

  /** Shows what the options ask for. The text of the source does not matter with {@code -d}. */
  public static Printed print(PostconfOptions options, Source source, Machine machine) {
    Optional<String> conflict = options.conflict();
    if (conflict.isPresent()) {
      return Printed.fatal(conflict.get());
    }
    var postconf = new Postconf(options, source);
    try {
      List<String> lines = postconf.lines(machine);
      return new Printed(lines, List.copyOf(postconf.messages), 0);
    } catch (Fatal e) {
      return postconf.failed(e);
    }
  }

  private List<String> lines(Machine machine) {
    Configuration main = configuration(machine);
    if (!options.defaults()) {
      main = withoutReadOnly(main);
      register(main);
    }
    List<String> lines = show(main);
    if (!options.defaults()) {
      flagUnused(main);
    }
    return lines;
  }

  private Configuration configuration(Machine machine) {
    Configuration read = options.defaults() ? KnownParameters.forPostconf(MainCf.empty()) : read();
    Configuration main;
    try {
      main = HostDefaults.of(read, machine.hostname());
    } catch (MainCfException e) {
      warning(e.diagnostic());
      throw new Fatal("dictionary mail_dict: macro processing error");
    }
    return main.withDefault("process_name", NAME)
        .withDefault("process_id", Long.toString(machine.processId()));
  }

  private Configuration read() {
    MainCf file;
    try {
      file = MainCf.parse(source.file(), source.text());
    } catch (MainCfException e) {
      throw new Fatal(e.diagnostic().toString());
    }
    file.warnings().forEach(this::warning);
    Configuration main = KnownParameters.forPostconf(file);
    if (source.isChosen()) {
      main = inChosenDirectory(main);
    }
    for (String override : options.overrides()) {
      try {
        main = main.override(override);
      } catch (MainCfException e) {
        throw new Fatal(
            "invalid parameter override: %s: %s".formatted(override, e.diagnostic().message()));
      }
    }
    return main;
  }

  /** The directory that was asked for is a setting as well, which the file may override. */
  private Configuration inChosenDirectory(Configuration main) {
    if (!main.isSet(CONFIG_DIRECTORY)) {
      return main.override(CONFIG_DIRECTORY + "=" + source.directory());
    }
    if (!main.value(CONFIG_DIRECTORY).orElseThrow().equals(source.directory())) {
      warning(
          "%s: overriding earlier entry: %s=%s"
              .formatted(
                  main.position(CONFIG_DIRECTORY).orElseThrow(),
                  CONFIG_DIRECTORY,
                  source.directory()));
    }
    return main;
  }

  private Configuration withoutReadOnly(Configuration main) {
    Configuration reset = main;
    for (String name : READ_ONLY) {
      if (main.isSet(name)) {
        warning(
            "%s: read-only parameter assignment: %s=%s"
                .formatted(source.file(), name, main.value(name).orElseThrow()));
        reset = reset.override(name + "=" + main.expandDefault(name).orElseThrow());
      }
    }
    return reset;
  }

  /** Finds the names that the file defines and a value or a restriction class uses. */
  private void register(Configuration main) {
    for (String name : KnownParameters.names()) {
      if (!isSet(main, name) && !KnownParameters.isRaw(name)) {
        scan(main, name);
      }
    }
    try {
      main.withoutDefaults()
          .expand("smtpd_restriction_classes")
          .ifPresent(classes -> flag(main, Tokens.split(classes)));
    } catch (MainCfException e) {
      warning(e.diagnostic());
      throw new Fatal("dictionary mail_dict: macro processing error");
    }
    for (String name : main.names()) {
      if (isSet(main, name) && !KnownParameters.isRaw(name)) {
        scan(main, name);
        // The reference looks for database parameters in what a built-in parameter expands to.
        if (KnownParameters.contains(name) && !LEGACY.contains(name)) {
          expand(main, name);
        }
      }
    }
  }

  private void scan(Configuration main, String name) {
    main.malformed(name).forEach(this::warning);
    flag(main, main.references(name));
  }

  private void flag(Configuration main, Collection<String> names) {
    for (String name : names) {
      if (main.isSet(name)) {
        userDefined.add(name);
      } else if (!KnownParameters.contains(name) && undefined.add(name)) {
        warning("%s: undefined parameter: %s".formatted(source.file(), name));
      }
    }
  }

  private List<String> show(Configuration main) {
    var lines = new ArrayList<String>();
    if (options.names().isEmpty()) {
      for (String name : all(main)) {
        show(main, name, lines);
      }
    }
    for (String name : options.names()) {
      if (KnownParameters.contains(name) || userDefined.contains(name)) {
        show(main, name, lines);
      } else {
        warning(name + ": unknown parameter");
      }
    }
    return lines;
  }

  private Set<String> all(Configuration main) {
    var all = new TreeSet<>(userDefined);
    all.addAll(KnownParameters.names());
    all.removeIf(name -> LEGACY.contains(name) && (options.defaults() || !isSet(main, name)));
    main.names().stream().filter(KnownParameters::contains).forEach(all::add);
    return all;
  }

  private void show(Configuration main, String name, List<String> lines) {
    if (options.changed() && !isSet(main, name)) {
      return;
    }
    if (options.hideValues()) {
      lines.add(PrintedLine.of(name, options.fold()));
      return;
    }
    String value =
        options.expand() && !KnownParameters.isRaw(name) ? expand(main, name) : value(main, name);
    lines.add(PrintedLine.of(options.hideNames() ? value : name + " = " + value, options.fold()));
  }

  private static String value(Configuration main, String name) {
    return main.value(name).or(() -> PostfixParameters.defaultExpression(name)).orElse("");
  }

  private String expand(Configuration main, String name) {
    Configuration defined =
        main.value(name).isPresent() ? main : main.withDefault(name, value(main, name));
    try {
      return defined.expand(name).orElseThrow();
    } catch (MainCfException e) {
      warning(e.diagnostic());
      throw new Fatal("macro processing error");
    }
  }

  private void flagUnused(Configuration main) {
    for (String name : main.names()) {
      if (!KnownParameters.contains(name) && !userDefined.contains(name)) {
        warning(
            "%s: unused parameter: %s=%s"
                .formatted(source.file(), name, main.value(name).orElseThrow()));
      }
    }
  }

  private static boolean isSet(Configuration main, String name) {
    return main.isSet(name) && !READ_ONLY.contains(name);
  }

  private void warning(Diagnostic diagnostic) {
    warning(diagnostic.toString());
  }

  private void warning(String text) {
    String message = printable(NAME + ": warning: " + text);
    messages.add(message);
  }

  /** As msg(3) prints what somebody else wrote: nothing that a terminal would obey. */
  private static String printable(String text) {
    var printable = new StringBuilder(text);
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) < ' ' || text.charAt(at) > '~') {
        printable.setCharAt(at, '?');
      }
    }
    return printable.toString();
  }
}
