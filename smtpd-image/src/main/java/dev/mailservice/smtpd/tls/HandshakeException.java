package dev.mailservice.smtpd.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** A handshake that failed; the message is what Postfix logs behind {@code SSL_accept error}. */
public final class HandshakeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What OpenSSL's error code is in Postfix's log: details are in a line of their own. */
  private static final String SEE_DETAILS = "-1";

  private final Optional<String> details;

  private HandshakeException(String message, Optional<String> details, Throwable cause) {
    super(message, cause);
    this.details = details;
  }

  /** What JSSE says of it; empty where the connection is all that failed. */
  public Optional<String> details() {
    return details;
  }

  static HandshakeException of(IOException e) {
    if (e instanceof SocketException || e.getCause() instanceof SocketException) {
      boolean isReset = String.valueOf(e.getMessage()).contains("reset");
      return new HandshakeException(
          isReset ? "Connection reset by peer" : "lost connection", Optional.empty(), e);
    }
    return e instanceof SSLException && !(e.getCause() instanceof EOFException)
        ? new HandshakeException(SEE_DETAILS, Optional.of(String.valueOf(e.getMessage())), e)
        : new HandshakeException("lost connection", Optional.empty(), e);
  }
}
