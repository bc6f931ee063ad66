package dev.mailservice.smtpd.sasl;

import java.util.Locale;
import java.util.Set;

/**
 * A SASL mechanism that the authentication service offers.
 *
 * @param name as it is registered, for example {@code PLAIN}
 * @param properties what the service says of it, for example {@code plaintext}
 */
record Mechanism(String name, Set<String> properties) {
  /** Whether it has what {@code smtpd_sasl_security_options} asks for. */
  boolean satisfies(Set<String> options) {
    return options.stream().allMatch(this::satisfies);
  }

  private boolean satisfies(String option) {
    return switch (option.toLowerCase(Locale.ROOT)) {
      case "noplaintext" -> !properties.contains("plaintext");
      case "noactive" -> !properties.contains("active");
      case "nodictionary" -> !properties.contains("dictionary");
      case "noanonymous" -> !properties.contains("anonymous");
      case "forward_secrecy" -> properties.contains("forward-secrecy");
      case "mutual_auth" -> properties.contains("mutual-auth");
      default -> true;
    };
  }
}
