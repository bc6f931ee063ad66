package dev.mailservice.smtpd.log;

import java.util.Locale;

/** What programs may read of a line without taking its text apart. */
public enum LogField {
  /** What has happened. */
  EVENT("what has happened: one of the events below; absent where there is only text"),
  /** Which session. */
  SESSION("a number: the session, the one in brackets in text; absent outside of sessions"),
  /** Who the client is. */
  CLIENT_NAME("the client's verified host name, or unknown"),
  /** Where the client is. */
  CLIENT_ADDRESS("the client's address"),
  /** The client's own port. */
  CLIENT_PORT("the client's port, or unknown"),
  /** Which command the line is about. */
  COMMAND("the command in question, or how far the session had come, as the text names it"),
  /** What the client was told. */
  REPLY_CODE("a number: the SMTP reply code"),
  /** What the client was told, RFC 3463. */
  REPLY_STATUS("the enhanced status code of the reply, RFC 3463"),
  /** What the client was told. */
  REPLY_TEXT("the text of the reply behind its codes, the last line of it"),
  /** The envelope's sender. */
  FROM("the sender of the envelope; empty for the null sender"),
  /** The envelope's recipient. */
  TO("the recipient of the envelope, the first one if the line is about the whole message"),
  /** SMTP or ESMTP. */
  PROTO("SMTP or ESMTP"),
  /** What the client calls itself. */
  HELO("the argument of HELO or EHLO"),
  /** The message's size. */
  SIZE("a number: bytes of the message"),
  /** How the client has logged in. */
  SASL_METHOD("the SASL mechanism"),
  /** Who has logged in. */
  SASL_USERNAME("who has logged in, or has tried to"),
  /** The version of TLS. */
  TLS_PROTOCOL("the version of TLS, for example TLSv1.3"),
  /** The cipher of TLS. */
  TLS_CIPHER("the cipher of TLS"),
  /** How much was asked for. */
  COMMANDS("a number: the commands of the session"),
  /** How much was granted. */
  COMMANDS_ACCEPTED("a number: those of them that were not refused"),
  /** How many sessions there may be. */
  LIMIT("a number: the process limit");

  private final String description;

  LogField(String description) {
    this.description = description;
  }

  /** Its name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What stands in it, for the documentation. */
  public String description() {
    return description;
  }
}
