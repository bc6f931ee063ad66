package dev.mailservice.smtpd.client;

/**
 * What a client is called, and how sure that is.
 *
 * @param text a name, or {@code unknown}
 * @param status why it is what it is
 */
public record HostName(String text, Status status) {
  /**
   * How a lookup ended, the digits of Postfix's {@code name_status} and {@code
   * reverse_name_status}.
   */
  public enum Status {
    /** The name is the client's, and for the verified one the name leads back to the address. */
    OK,
    /** No answer in time: it may have one. */
    TEMPORARY,
    /** There is none. */
    PERMANENT,
    /** The address has a name, and the name does not lead back to the address. */
    FORGED
  }

  /** No name, and no use in asking again. */
  public static final HostName UNKNOWN = new HostName("unknown", Status.PERMANENT);

  /** A name that is certain. */
  public static HostName of(String name) {
    return new HostName(name, Status.OK);
  }
}
