package dev.mailservice.maincf.parameters;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.Support;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All parameters that Postfix's SMTP server reads, this server's own, and those of cleanup(8) and
 * postscreen(8) that stop mail; each declared once, in the file of its section of smtpd(8).
 *
 * <p>Names, types, bounds and meaning are those of postconf(5) and of smtpd(8)'s and mail_params's
 * tables; defaults are those of the newest Postfix. {@link DefaultDifference} says where they are
 * not those of Postfix 3.7.
 */
public final class SmtpdParameters {
  private static final List<List<Parameter<?>>> SECTIONS =
      List.of(
          ProcessParameters.ALL,
          CompatibilityParameters.ALL,
          AddressRewritingParameters.ALL,
          UpstreamProxyParameters.ALL,
          ContentFilterParameters.ALL,
          ProxyFilterParameters.ALL,
          MilterParameters.ALL,
          SaslParameters.ALL,
          TlsParameters.ALL,
          SmtpUtf8Parameters.ALL,
          VerpParameters.ALL,
          TroubleShootingParameters.ALL,
          RecipientParameters.ALL,
          RateParameters.ALL,
          TarpitParameters.ALL,
          PolicyServiceParameters.ALL,
          AccessParameters.ALL,
          AddressVerificationParameters.ALL,
          AccessReplyParameters.ALL,
          MiscellaneousParameters.ALL,
          CleanupParameters.ALL,
          PostscreenParameters.ALL);

  private static final List<Parameter<?>> ALL;
  private static final Map<String, Parameter<?>> BY_NAME = new HashMap<>();

  // Loops and no stream: the first lambda of a process costs more than all declarations.
  static {
    var all = new ArrayList<Parameter<?>>();
    for (List<Parameter<?>> section : SECTIONS) {
      all.addAll(section);
    }
    ALL = List.copyOf(all);
    for (Parameter<?> parameter : ALL) {
      BY_NAME.put(parameter.name(), parameter);
    }
  }

  private SmtpdParameters() {}

  /** All of them, in the order of smtpd(8)'s sections. */
  public static List<Parameter<?>> all() {
    return ALL;
  }

  /** The declaration of this name; empty if there is none. */
  public static Optional<Parameter<?>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * Reads every parameter once, so that whatever is wrong shows before the server starts.
   *
   * @return everything wrong or doubtful, errors and warnings, in one go; empty is a clean bill
   */
  public static List<Diagnostic> check(Configuration configuration) {
    List<Diagnostic> errors = unreadable(configuration);
    return errors.isEmpty() ? withoutEffect(configuration) : errors;
  }

  /** What is set and cannot be read; if there is nothing, what a default became by it. */
  private static List<Diagnostic> unreadable(Configuration configuration) {
    List<Diagnostic> found =
        configuration.names().stream().flatMap(it -> unreadable(configuration, it)).toList();
    return found.isEmpty()
        ? ALL.stream().flatMap(it -> unreadable(configuration, it.name())).toList()
        : found;
  }

  private static Stream<Diagnostic> unreadable(Configuration configuration, String name) {
    Parameter<?> parameter = BY_NAME.get(name);
    try {
      if (parameter == null) {
        configuration.expand(name);
      } else {
        configuration.get(parameter);
      }
      return Stream.empty();
    } catch (MainCfException e) {
      return Stream.of(e.diagnostic());
    }
  }

  /** What the file sets and the server does not do, or does not know. */
  private static List<Diagnostic> withoutEffect(Configuration configuration) {
    Set<String> referenced = configuration.references();
    var found = new ArrayList<Diagnostic>();
    for (String name : configuration.names()) {
      Parameter<?> parameter = BY_NAME.get(name);
      if (parameter != null) {
        notImplemented(configuration, parameter).ifPresent(found::add);
      } else if (!referenced.contains(name)) {
        stranger(configuration, name).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<Diagnostic> notImplemented(
      Configuration configuration, Parameter<?> parameter) {
    if (parameter.support() == Support.IMPLEMENTED
        || parameter.support() == Support.OWN
        || isDefault(configuration, parameter)) {
      return Optional.empty();
    }
    String name = parameter.name();
    Position position = configuration.position(name).orElseThrow();
    String value = configuration.value(name).orElseThrow();
    boolean stopsMail =
        parameter.support() == Support.RESTRICTIVE_NOT_IMPLEMENTED
            && !asksForNoMore(name, configuration.get(parameter).toString());
    return Optional.of(
        stopsMail
            ? new Diagnostic(
                Severity.ERROR,
                position,
                ("%s = %s is not implemented, and to ignore it would let mail through that it"
                        + " stops: remove it, or let the next hop do it")
                    .formatted(name, value))
            : new Diagnostic(
                Severity.WARNING,
                position,
                "%s = %s is not implemented, and without effect".formatted(name, value)));
  }

  /** Whether what is set is what the default would be in the same file. */
  private static <T> boolean isDefault(Configuration configuration, Parameter<T> parameter) {
    String name = parameter.name();
    try {
      String value =
          parameter.type().raw()
              ? parameter.defaultExpression()
              : configuration.expandDefault(name).orElseThrow();
      return configuration.get(parameter).equals(parameter.type().read(name, value));
    } catch (MainCfException | IllegalArgumentException e) {
      // A default may be what its type refuses for the sake of what is set elsewhere.
      return false;
    }
  }

  /**
   * Whether a parameter that stops mail is set to stop no more than this server does without it.
   */
  private static boolean asksForNoMore(String name, String value) {
    return switch (name) {
      case "smtpd_client_connection_count_limit" -> value.equals("0");
      case "smtpd_forbid_bare_newline" -> !value.equals("reject");
      case "smtpd_forbidden_commands" -> value.equals("[]");
      case "smtpd_tls_security_level" -> value.equals("none");
      default -> false;
    };
  }

  private static Optional<Diagnostic> stranger(Configuration configuration, String name) {
    String value = configuration.value(name).orElseThrow();
    if (PostfixParameters.defaultExpression(name).filter(value::equals).isPresent()) {
      return Optional.empty();
    }
    String what =
        PostfixParameters.contains(name)
            ? "%s = %s is for another of Postfix's programs, and without effect"
            : "unused parameter: %s=%s, this server does not use it";
    return Optional.of(
        new Diagnostic(
            Severity.WARNING,
            configuration.position(name).orElseThrow(),
            what.formatted(name, value)));
  }
}
