package dev.mailservice.smtpd.access;

/** One restriction, ready to be asked. Safe for use by several threads. */
@FunctionalInterface
interface Check {
  Verdict check(Evaluation it);
}
