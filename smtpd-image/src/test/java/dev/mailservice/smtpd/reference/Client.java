package dev.mailservice.smtpd.reference;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Whom a dialogue's client is to the server; the address it comes from says it.
 *
 * @param address of loopback
 */
record Client(InetAddress address) {
  /** In nobody's {@code mynetworks}. */
  static final Client STRANGER = at("127.0.0.2");

  /** In {@code mynetworks} of the dialogues' {@code main.cf}. */
  static final Client TRUSTED = at("127.0.0.1");

  /** One that comes from an address that a dialogue names. */
  static Client at(String address) {
    try {
      return new Client(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(address, e);
    }
  }

  Client other() {
    return equals(STRANGER) ? TRUSTED : STRANGER;
  }

  /** As dialogues write it. */
  String word() {
    return equals(TRUSTED) ? "trusted" : "stranger";
  }

  static Client named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "trusted" -> TRUSTED;
      case "stranger" -> STRANGER;
      default -> throw new IllegalArgumentException(word + ": want: trusted or stranger");
    };
  }
}
