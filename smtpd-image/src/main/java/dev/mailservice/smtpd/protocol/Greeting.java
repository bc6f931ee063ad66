package dev.mailservice.smtpd.protocol;

/**
 * How the client introduced itself.
 *
 * @param name the argument of HELO or EHLO, fit to be shown; empty if it has not said either
 * @param extended whether ESMTP is spoken: it said EHLO, or XCLIENT said so
 */
public record Greeting(String name, boolean extended) {
  static final Greeting NONE = new Greeting("", false);

  /** SMTP or ESMTP, as trace headers and logs name it, RFC 3848. */
  public String protocol() {
    return extended ? "ESMTP" : "SMTP";
  }
}
