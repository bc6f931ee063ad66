package dev.mailservice.smtpd.access;

/** A server that decides, SMTPD_POLICY_README. Safe for use by several threads. */
public interface PolicyService {
  /** What each question carries, by which the server tells its askers apart. */
  String context();

  /** The value of {@code stress}, which each question carries, too. */
  String stress();

  /**
   * Asks. Takes no longer than the limits that it was given.
   *
   * @param request lines of {@code name=value}, the last one empty
   * @return an action as in access(5); the default one where there is no answer
   */
  String action(String request);
}
