package dev.mailservice.smtpd.access;

/**
 * What a refusal is about.
 *
 * @param name as replies show it, between angle brackets
 * @param kind what it is
 */
record Subject(String name, Kind kind) {
  /** What can be refused, in the words of replies. */
  enum Kind {
    CLIENT("Client host"),
    REVERSE_CLIENT("Unverified Client host"),
    CERTIFICATE("Client certificate"),
    LOGIN("SASL login name"),
    HELO("Helo command"),
    SENDER("Sender address"),
    RECIPIENT("Recipient address"),
    ETRN("Etrn command"),
    DATA("Data command"),
    END_OF_DATA("End-of-data");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** As in {@code Helo command rejected}. */
    String words() {
      return words;
    }
  }

  /** A whole reply's text: {@code <name>: Sender address rejected: why}. */
  String rejected(String why) {
    return "<%s>: %s rejected: %s".formatted(name, kind.words(), why);
  }
}
