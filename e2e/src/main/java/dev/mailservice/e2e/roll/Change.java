package dev.mailservice.e2e.roll;

import java.util.Locale;

/** What an administrator changes, so that the operator rolls the fleet. */
public enum Change {
  /** Another {@code main.cf}. */
  MAIN_CF,
  /** {@code spec.stress.mode: Off}, which gives the fleet back its calm personality. */
  STRESS_OFF,
  /** {@code spec.stress.mode: On}. */
  STRESS_ON;

  private static final String MAIN_CF_TEXT =
      """
      compatibility_level = 3.6
      myhostname = mx.example.test
      mydestination = example.test
      smtpd_banner = $myhostname ESMTP${stress? (condition RED)}
      smtpd_timeout = ${stress?3}${stress:10}
      smtpd_client_connection_count_limit = 0
      smtpd_client_slot_share_limit = 0
      smtpd_proxy_filter = sink.mailservice-demo.svc.cluster.local:10025
      # roll %d
      """;

  /** Of the roll with this number: each in its turn. */
  static Change ofRoll(int number) {
    return values()[number % values().length];
  }

  /** The {@code main.cf} of a roll, unlike that of any other. */
  static String mainCf(int number) {
    return MAIN_CF_TEXT.formatted(number);
  }

  /** As a merge patch of the MailService. */
  String patch(int number) {
    return switch (this) {
      case MAIN_CF -> "{\"spec\":{\"mainCf\":\"%s\"}}".formatted(json(mainCf(number)));
      case STRESS_OFF -> "{\"spec\":{\"stress\":{\"mode\":\"Off\"}}}";
      case STRESS_ON -> "{\"spec\":{\"stress\":{\"mode\":\"On\"}}}";
    };
  }

  static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
