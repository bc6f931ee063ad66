package dev.mailservice.maincf.postconf;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Parameter;
import dev.mailservice.maincf.Support;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.parameters.NearestNames;
import dev.mailservice.maincf.parameters.PostfixParameters;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is known of one parameter, for {@code smtpd postconf --explain}. */
final class Explanation {
  private Explanation() {}

  /**
   * Explains a parameter.
   *
   * @param main as {@link KnownParameters#forPostconf} makes it
   * @return the lines; empty if nobody knows or sets a parameter of this name
   */
  static Optional<List<String>> of(Configuration main, String name) {
    var lines = new ArrayList<String>();
    lines.add(name);
    Optional<Parameter<?>> declared = SmtpdParameters.named(name);
    if (declared.isPresent()) {
      Parameter<?> parameter = declared.get();
      lines.add("  " + parameter.description());
      lines.add(field("type", parameter.type().describe()));
      lines.add(field("default", orEmpty(parameter.defaultExpression())));
      lines.add(field("since", since(parameter)));
      lines.add(field("here", here(parameter.support())));
    } else if (PostfixParameters.contains(name)) {
      lines.add("  Another of Postfix's programs reads it; without effect here.");
      lines.add(field("default", orEmpty(PostfixParameters.defaultExpression(name).orElse(""))));
    } else if (main.isSet(name)) {
      lines.add("  Neither Postfix's nor this server's: the file defines it for its own values.");
    } else {
      return Optional.empty();
    }
    lines.addAll(values(main, name));
    return Optional.of(List.copyOf(lines));
  }

  /** What to say of a name that {@link #of} does not know: what may have been meant. */
  static String unknown(String name) {
    List<String> nearest = NearestNames.of(name);
    return name
        + ": unknown parameter"
        + (nearest.isEmpty() ? "" : ", did you mean " + String.join(" or ", nearest) + "?");
  }

  private static List<String> values(Configuration main, String name) {
    var lines = new ArrayList<String>();
    if (main.isSet(name)) {
      lines.add(
          field("set", "%s: %s".formatted(Origin.of(main, name), main.value(name).orElse(""))));
    } else {
      lines.add(field("set", "nowhere, the default counts"));
    }
    if (!KnownParameters.isRaw(name)) {
      lines.add(field("calm", expanded(main.calm(), name)));
      lines.add(field("stressed", expanded(main.stressed(), name)));
    }
    return lines;
  }

  private static String expanded(Configuration main, String name) {
    try {
      return orEmpty(main.expand(name).orElse(""));
    } catch (MainCfException e) {
      return "error: " + e.diagnostic();
    }
  }

  private static String since(Parameter<?> parameter) {
    if (parameter.support() == Support.OWN) {
      return "this server's own, not in Postfix";
    }
    return parameter.since().isEmpty() ? "Postfix 2.0 or earlier" : "Postfix " + parameter.since();
  }

  static String here(Support support) {
    return switch (support) {
      case IMPLEMENTED -> "implemented";
      case NOT_IMPLEMENTED -> "not implemented: a warning if it is not the default";
      case RESTRICTIVE_NOT_IMPLEMENTED ->
          "not implemented, and it stops mail: an error if it is not the default";
      case OWN -> "this server's own";
    };
  }

  private static String orEmpty(String text) {
    return text.isEmpty() ? "(empty)" : PrintedLine.of(text, false);
  }

  private static String field(String label, String text) {
    return "  %-9s %s".formatted(label + ":", text);
  }
}
