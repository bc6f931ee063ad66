package dev.mailservice.smtpd.dns;

import java.util.List;

/** What came of a question. No answer is an outcome of its own, and not that there is nothing. */
public sealed interface Answer {
  /**
   * There are records.
   *
   * @param values at least one: an address as text, a name without its final dot ({@code .} is the
   *     root, which a null MX of RFC 7505 names), the first string of a TXT record with spaces for
   *     what cannot be printed, as Postfix has it; for MX the exchanger, best preference first
   */
  record Found(List<String> values) implements Answer {
    /** Copies the list. */
    public Found {
      values = List.copyOf(values);
    }
  }

  /**
   * There are none.
   *
   * @param domainExists whether there is something else of this name (NODATA and not NXDOMAIN)
   */
  record Missing(boolean domainExists) implements Answer {}

  /** Nobody could say; asking later may help. */
  record Unknown() implements Answer {
    /** As dns_strerror(3) of Postfix words it, whatever the reason. */
    public static final String REASON = "Host not found, try again";
  }
}
