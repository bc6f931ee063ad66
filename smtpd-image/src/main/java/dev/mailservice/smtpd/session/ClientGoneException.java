package dev.mailservice.smtpd.session;

import java.io.IOException;

/** The client's connection has ended, by its doing or by ours. */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException() {
    super("client has gone");
  }
}
