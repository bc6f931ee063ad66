package dev.mailservice.operator.api;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The labels of what the operator makes. */
public final class Labels {
  /** Name of the MailService that a resource belongs to. */
  public static final String INSTANCE = "app.kubernetes.io/instance";

  /** Who made a resource. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The operator, as {@link #MANAGED_BY} and as field manager of server-side apply. */
  public static final String OPERATOR = "mailservice-operator";

  /** On pod templates and pods: {@code yes} for the stressed personality, {@code no} for calm. */
  public static final String STRESS = "mailservice.dev/stress";

  /** Selects what the operator made, of every MailService. */
  public static final String ALL_SELECTOR = MANAGED_BY + "=" + OPERATOR;

  private Labels() {}

  /** The labels that select a MailService's pods; every resource of it carries them. */
  public static Map<String, String> selector(String mailServiceName) {
    // In an order of its own, so that two runs write the same bytes.
    return new TreeMap<>(
        Map.of("app.kubernetes.io/name", "smtpd", INSTANCE, mailServiceName, MANAGED_BY, OPERATOR));
  }

  /** {@link #selector(String)} as {@code status.selector} has it, in alphabetical order. */
  public static String selectorText(String mailServiceName) {
    return selector(mailServiceName).entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }
}
