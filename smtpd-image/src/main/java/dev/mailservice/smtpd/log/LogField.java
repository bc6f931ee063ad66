package dev.mailservice.smtpd.log;

import java.util.Locale;

/**
 * What programs may read of a line without taking its text apart. The comments are the
 * documentation of the log, too: {@code docs/logs.md} has them as a table.
 */
public enum LogField {
  /** What has happened, one of the events; absent where there is only text. */
  EVENT,

  /** A number: the session, the one in brackets in text; absent outside of sessions. */
  SESSION,

  /** The client's verified host name, or {@code unknown}. */
  CLIENT_NAME,

  /** The client's address. */
  CLIENT_ADDRESS,

  /** The client's port, or {@code unknown}. */
  CLIENT_PORT,

  /** The command in question, or how far the session had come, as the text names it. */
  COMMAND,

  /** A number: the SMTP reply code. */
  REPLY_CODE,

  /** The enhanced status code of the reply, RFC 3463. */
  REPLY_STATUS,

  /** The text of the reply behind its codes, the last line of it. */
  REPLY_TEXT,

  /** The sender of the envelope; empty for the null sender. */
  FROM,

  /** The recipient of the envelope, the first one if the line is about the whole message. */
  TO,

  /** SMTP or ESMTP. */
  PROTO,

  /** The argument of HELO or EHLO. */
  HELO,

  /** A number: bytes of the message. */
  SIZE,

  /** The SASL mechanism. */
  SASL_METHOD,

  /** Who has logged in, or has tried to. */
  SASL_USERNAME,

  /** The version of TLS, for example {@code TLSv1.3}. */
  TLS_PROTOCOL,

  /** The cipher of TLS. */
  TLS_CIPHER,

  /** A number: the commands of the session. */
  COMMANDS,

  /** A number: those of them that were not refused. */
  COMMANDS_ACCEPTED,

  /** A number: the process limit. */
  LIMIT;

  /** Its name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
