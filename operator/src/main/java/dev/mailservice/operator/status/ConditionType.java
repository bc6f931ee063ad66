package dev.mailservice.operator.status;

/** The conditions of a MailService; each is there exactly once. */
public enum ConditionType {
  /** Pods accept clients and none of those that should be is kept from it. */
  READY("Ready"),
  /** The fleet has its stressed personality. */
  STRESSED("Stressed"),
  /** The pods' metrics can be read. */
  METRICS_AVAILABLE("MetricsAvailable"),
  /** {@code main.cf} can be run. */
  CONFIG_VALID("ConfigValid");

  private final String spelling;

  ConditionType(String spelling) {
    this.spelling = spelling;
  }

  /** As the status spells it. */
  @Override
  public String toString() {
    return spelling;
  }
}
