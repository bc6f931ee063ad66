package dev.mailservice.smtpd.access;

/**
 * What is said in place of a verdict that something unknown makes doubtful: {@code
 * defer_if_permit}, {@code defer_if_reject}.
 *
 * @param code of the reply
 * @param enhanced the enhanced code
 * @param text what is behind both
 */
record Deferral(int code, String enhanced, String text) {}
