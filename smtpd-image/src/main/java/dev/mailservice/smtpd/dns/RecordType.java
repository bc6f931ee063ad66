package dev.mailservice.smtpd.dns;

/** The record types that are asked for, RFC 1035 section 3.2.2 and RFC 3596. */
public enum RecordType {
  A,
  AAAA,
  MX,
  NS,
  PTR,
  TXT
}
