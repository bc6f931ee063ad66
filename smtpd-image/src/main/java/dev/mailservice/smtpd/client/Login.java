package dev.mailservice.smtpd.client;

/**
 * A client that has logged in, RFC 4954.
 *
 * @param method the SASL mechanism, for example {@code PLAIN}
 * @param username who it is
 */
public record Login(String method, String username) {}
