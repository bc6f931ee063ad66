package dev.mailservice.maincf.restriction;

/** One restriction of a list. */
public sealed interface Restriction {
  /** Whether {@code warn_if_reject} stands before it: a refusal is logged and not meant. */
  boolean warnOnly();

  /**
   * One of those that there are.
   *
   * @param argument what stands behind it, without outer braces; empty if it wants nothing
   */
  record Named(RestrictionName name, String argument, boolean warnOnly) implements Restriction {}

  /**
   * A list of the administrator's own, {@code smtpd_restriction_classes}.
   *
   * @param className the parameter that holds it
   */
  record OfClass(String className, boolean warnOnly) implements Restriction {}

  /**
   * One that cannot be understood. In {@code main.cf} it is an error; in a table it shows only when
   * it is come by.
   *
   * @param message what is wrong and what would be right
   */
  record Malformed(String message, boolean warnOnly) implements Restriction {}
}
