package dev.mailservice.smtpd.access;

/** Why there is mail for a domain here; Postfix's ADDRESS_CLASS_README. */
public enum AddressClass {
  /** In {@code mydestination}. */
  LOCAL("local recipient table"),
  /** In {@code virtual_alias_domains}. */
  VIRTUAL_ALIAS("virtual alias table"),
  /** In {@code virtual_mailbox_domains}. */
  VIRTUAL_MAILBOX("virtual mailbox table"),
  /** In {@code relay_domains}. */
  RELAY("relay recipient table"),
  /** Anywhere else. */
  DEFAULT("");

  private final String table;

  AddressClass(String table) {
    this.table = table;
  }

  /** What Postfix calls the table of its recipients; empty if there is none. */
  String table() {
    return table;
  }

  /** Whether mail for it may come from anybody. */
  boolean isAuthorized() {
    return this != DEFAULT;
  }
}
