package dev.mailservice.smtpd.dns;

/**
 * Asks the Domain Name System. Answers are cached for as long as they are valid. Calls block, at
 * most for the time that the implementation was given. Safe for use by several threads.
 */
public interface Resolver {
  /**
   * The records of one type.
   *
   * @param name a domain name, with or without its final dot, never a relative one
   * @return what is known; never throws for what the network does
   */
  Answer lookup(String name, RecordType type);
}
