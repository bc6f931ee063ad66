package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.delivery.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * XFORWARD: tells a next hop whose mail it is, so that its log and its filters name the client and
 * not this server. Postfix's XFORWARD_README; values are encoded as RFC 3461 section 4 says.
 */
final class Forwarding {
  private static final String COMMAND = "XFORWARD";
  private static final String UNAVAILABLE = "[UNAVAILABLE]";

  /** A command and its reply that repeats it are lines of 512 octets at most, RFC 5321. */
  private static final int PAYLOAD_LIMIT = 512 - "250 XFORWARD\r\n".length();

  private Forwarding() {}

  private record Attribute(String name, String value) {}

  /**
   * The commands to say, in order.
   *
   * @param offered the attributes that the next hop offers to take, in capitals
   */
  static List<String> commands(Origin origin, Set<String> offered) {
    List<String> commands = new ArrayList<>();
    var command = new StringBuilder(COMMAND);
    for (Attribute attribute : attributes(origin)) {
      if (!offered.contains(attribute.name())) {
        continue;
      }
      String text = " " + attribute.name() + "=" + xtext(attribute.value());
      if (command.length() > COMMAND.length()
          && command.length() - COMMAND.length() + text.length() > PAYLOAD_LIMIT) {
        commands.add(command.toString());
        command = new StringBuilder(COMMAND);
      }
      command.append(text);
    }
    if (command.length() > COMMAND.length()) {
      commands.add(command.toString());
    }
    return commands;
  }

  private static List<Attribute> attributes(Origin origin) {
    Client client = origin.client();
    return List.of(
        new Attribute("NAME", known(client.name().text())),
        new Attribute("ADDR", known(client.addressLiteral())),
        new Attribute("PORT", known(client.port())),
        new Attribute("HELO", origin.helo().isEmpty() ? UNAVAILABLE : origin.helo()),
        new Attribute("IDENT", origin.ident().isEmpty() ? UNAVAILABLE : origin.ident()),
        new Attribute("PROTO", known(origin.protocol())),
        new Attribute("SOURCE", origin.domain().equalsIgnoreCase("LOCAL") ? "LOCAL" : "REMOTE"));
  }

  private static String known(String value) {
    return value.isEmpty() || value.equals(Client.UNKNOWN) ? UNAVAILABLE : value;
  }

  /** RFC 3461 section 4; Postfix's xtext_quote(3). */
  private static String xtext(String value) {
    var quoted = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.ISO_8859_1)) {
      if (b != '+' && b > ' ' && b < 127) {
        quoted.append((char) b);
      } else {
        quoted.append("+%02X".formatted(b & 0xff));
      }
    }
    return quoted.toString();
  }
}
