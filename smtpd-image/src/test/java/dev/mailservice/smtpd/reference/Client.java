package dev.mailservice.smtpd.reference;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Whom a dialogue's client is to the server; the address it comes from says it. */
enum Client {
  /** In nobody's {@code mynetworks}. */
  STRANGER("127.0.0.2"),
  /** In {@code mynetworks} of the dialogues' {@code main.cf}. */
  TRUSTED("127.0.0.1");

  private final String address;

  Client(String address) {
    this.address = address;
  }

  InetAddress address() {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(address, e);
    }
  }

  Client other() {
    return this == STRANGER ? TRUSTED : STRANGER;
  }

  /** As dialogues write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Client named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
