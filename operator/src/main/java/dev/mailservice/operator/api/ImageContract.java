package dev.mailservice.operator.api;

/** What any image of an SMTP server that the operator runs must keep to, apart from its metrics. */
public final class ImageContract {
  /** Name of the container. */
  public static final String CONTAINER = "smtpd";

  /** Port on which the container serves SMTP; {@code spec.port} is the Service's. */
  public static final int SMTP_PORT = 2525;

  /** Port of {@code /metrics}, {@code /livez} and {@code /readyz}. */
  public static final int ADMIN_PORT = 8080;

  /** Directory in which {@code main.cf} is mounted. */
  public static final String CONFIG_DIRECTORY = "/etc/postfix";

  /** Name of the configuration file, and of its key in the ConfigMap. */
  public static final String MAIN_CF = "main.cf";

  private ImageContract() {}
}
