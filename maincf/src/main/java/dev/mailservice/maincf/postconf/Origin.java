package dev.mailservice.maincf.postconf;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Position;

/** Where the value of a parameter comes from, in words. */
final class Origin {
  private Origin() {}

  static String of(Configuration configuration, String name) {
    return configuration.position(name).map(Position::toString).orElse("nowhere");
  }
}
