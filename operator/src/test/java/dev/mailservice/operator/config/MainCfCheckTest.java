package dev.mailservice.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainCfCheckTest {

  @Test
  void a_configuration_with_a_next_hop_can_be_run() {
    assertThat(MainCfCheck.problem("smtpd_proxy_filter = next.example.test:10025\n")).isEmpty();
  }

  @Test
  void a_configuration_without_a_next_hop_cannot_because_a_pod_owns_no_mail() {
    assertThat(MainCfCheck.problem("myhostname = mx.example.test\n").orElseThrow())
        .contains("smtpd_proxy_filter");
  }

  @Test
  void a_broken_expression_is_named_with_its_line() {
    assertThat(
            MainCfCheck.problem("smtpd_proxy_filter = a:1\nsmtpd_timeout = ${stress?5\n")
                .orElseThrow())
        .contains("main.cf", "line 2");
  }

  @Test
  void a_value_that_is_wrong_under_stress_only_is_found_before_the_flood() {
    assertThat(
            MainCfCheck.problem("smtpd_proxy_filter = a:1\nsmtpd_timeout = ${stress?soon}300\n")
                .orElseThrow())
        .contains("smtpd_timeout");
  }

  @Test
  void a_next_hop_under_stress_only_is_not_enough() {
    assertThat(MainCfCheck.problem("smtpd_proxy_filter = ${stress?a:1}\n")).isPresent();
  }

  @Test
  void a_table_in_a_file_that_no_pod_has_is_refused_before_pods_fail_to_start() {
    assertThat(
            MainCfCheck.problem(
                    "smtpd_proxy_filter = a:1\nrelay_domains = ${stress?hash:/etc/relay}\n")
                .orElseThrow())
        .contains("main.cf, line 2", "/etc/relay", "a pod has no such file");
    assertThat(
            MainCfCheck.problem(
                "smtpd_proxy_filter = a:1\nrelay_domains = inline:{example.test=x}\n"))
        .isEmpty();
  }

  @Test
  void a_network_that_is_none_is_refused() {
    assertThat(
            MainCfCheck.problem("smtpd_proxy_filter = a:1\nmynetworks = 10.1.2.3/8\n")
                .orElseThrow())
        .contains("main.cf, line 2", "10.1.2.3/8");
  }

  @Test
  void what_a_pod_would_not_start_with_is_refused_with_its_line() {
    assertThat(
            MainCfCheck.problem(
                    "smtpd_proxy_filter = a:1\n"
                        + "smtpd_relay_restrictions = reject_unverified_sender, reject\n")
                .orElseThrow())
        .contains("main.cf, line 2", "reject_unverified_sender is not implemented");
    assertThat(MainCfCheck.problem("smtpd_proxy_filter = nonsense\n").orElseThrow())
        .contains("main.cf, line 1", "bad destination \"nonsense\", want: host:port");
  }

  @Test
  void an_access_table_in_a_file_that_no_pod_has_is_refused_with_its_line() {
    assertThat(
            MainCfCheck.problem(
                    "smtpd_proxy_filter = a:1\n"
                        + "smtpd_sender_restrictions = check_sender_access texthash:/etc/senders\n")
                .orElseThrow())
        .contains("main.cf, line 2", "smtpd_sender_restrictions", "a pod has no such file");
  }
}
