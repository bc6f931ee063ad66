package dev.mailservice.smtpd;

/** The server's entry point. */
public final class Smtpd {
  private Smtpd() {}

  /** Starts the server. */
  public static void main(String[] arguments) {
    System.out.println("smtpd");
  }
}
