package dev.mailservice.maincf.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.MainCf;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationCheckTest {
  private static final String RELAY_FIRST = "smtpd_relay_before_recipient_restrictions";

  private static final List<String> NEWEST = List.of("compatibility_level=3.11");

  private static List<String> found(String file, List<String> overrides) {
    Configuration main =
        KnownParameters.forServer(MainCf.parse("main.cf", file), overrides, "mx.example.test");
    return ConfigurationCheck.check(main).stream()
        .map(it -> it.severity().name().toLowerCase(Locale.ROOT) + ": " + it)
        .toList();
  }

  private static List<String> found(String file) {
    return found(file, NEWEST);
  }

  @Test
  void an_empty_file_has_nothing_wrong() {
    assertThat(found("")).isEmpty();
  }

  @Test
  void an_EHLO_keyword_that_is_none_is_a_warning_calm_or_stressed() {
    assertThat(found("smtpd_discard_ehlo_keywords = DSN, reqtls${stress?, chunk}"))
        .hasSize(2)
        .allMatch(it -> it.startsWith("warning: main.cf, line 1, "))
        .anyMatch(it -> it.contains("smtpd_discard_ehlo_keywords: no EHLO keyword \"reqtls\""))
        .anyMatch(it -> it.contains("no EHLO keyword \"chunk\", want: 8bitmime auth chunking"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smtpd_timeout = 10S | bad time value or unit: 10S",
        "smtpd_timeout = 5x | bad time value or unit: 5x",
        "smtpd_timeout = | bad time value or unit",
        "smtpd_timeout = -5 | bad time value or unit: -5",
        "smtpd_timeout = 0 | invalid smtpd_timeout: 0 (min 1)",
        "smtpd_hard_error_limit = many | bad numerical configuration",
        "smtpd_hard_error_limit = 0 | invalid smtpd_hard_error_limit parameter value 0 < 1",
        "smtpd_helo_required = maybe | bad boolean configuration: smtpd_helo_required = maybe",
        "myhostname = | bad string length 0 < 1: myhostname = ",
        "smtpd_timeout = ${stress?never}${stress:300} | bad time value or unit: never",
      })
  void a_value_that_is_not_of_its_type_calm_or_stressed_is_refused_in_Postfixs_words(
      String line, String message) {
    assertThat(found("\n" + line))
        .singleElement()
        .asString()
        .contains(message)
        .startsWith("error: main.cf, line 2");
  }

  @Test
  void all_that_is_wrong_is_told_at_once_in_the_order_of_the_file() {
    assertThat(found("smtpd_timeout = never\nx = ${y\nsmtpd_helo_required = 1\n"))
        .extracting(it -> it.replaceFirst(".*(line [0-9]).*", "$1"))
        .containsExactly("line 1", "line 2", "line 2", "line 3");
  }

  @Test
  void a_value_that_calls_itself_is_one_error_and_not_one_for_each_that_refers_to_it() {
    assertThat(found("myhostname = $mydomain\nmydomain = $myhostname\n"))
        .allMatch(it -> it.startsWith("error: main.cf, line "))
        .allMatch(it -> it.contains("no circle"));
  }

  @Test
  void what_is_malformed_where_no_evaluation_comes_by_is_a_warning() {
    assertThat(found("smtpd_banner = ${mail_name?{a}:{${b}}\nx = ${stress?{$}}\nsmtpd_banner=$x\n"))
        .contains(
            "error: main.cf, line 2, column 15: x: empty macro name: \"$\", want: a name, or $$ for"
                + " a dollar sign");
    assertThat(found("smtpd_banner = x${mail_name:{$}}\n"))
        .containsExactly(
            "warning: main.cf, line 1, column 30: smtpd_banner: empty macro name: \"$\", want: a"
                + " name, or $$ for a dollar sign");
  }

  @Test
  void a_name_that_nobody_knows_gets_Postfixs_warning_and_the_one_that_may_be_meant() {
    assertThat(found("smtpd_timeuot = 5\nxyzzy = 1\n"))
        .containsExactly(
            "warning: main.cf, line 1, column 17: unused parameter: smtpd_timeuot=5, did you mean"
                + " smtpd_timeout?",
            "warning: main.cf, line 2, column 9: unused parameter: xyzzy=1");
  }

  @Test
  void a_name_that_is_used_and_that_nobody_defines_gets_Postfixs_warning_once() {
    assertThat(found("smtpd_banner = $xyzzy ${xyzzy?a}\nmyorigin = $xyzzy\n"))
        .contains("warning: main.cf, line 1, column 16: undefined parameter: xyzzy")
        .filteredOn(it -> it.contains("undefined"))
        .hasSize(1);
  }

  @Test
  void a_parameter_of_ones_own_that_another_refers_to_is_used() {
    assertThat(found("site = example.test\nmyhostname = mx.$site\n")).isEmpty();
  }

  @Test
  void a_restriction_class_is_used_if_it_is_listed_and_undefined_if_nobody_defines_it() {
    assertThat(found("smtpd_restriction_classes = strict, lax\nstrict = reject\n"))
        .noneMatch(it -> it.contains("unused"))
        .anyMatch(it -> it.contains("undefined parameter: lax"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtpd_proxy_concurrency_limit = ${stress?90}${stress:45}",
        "smtpd_proxy_filter = ${stress?a}${stress:b}.example.test:25",
        "default_process_limit = ${stress?{50}:{100}}",
        "smtpd_listen_backlog = ${stress?{50}:{100}}",
        "anvil_rate_time_unit = ${stress?{5}:{60}}s",
      })
  void what_is_read_at_the_start_and_depends_on_stress_is_a_warning(String line) {
    assertThat(found("smtpd_timeout = ${stress?{5}:{300}}\n" + line))
        .singleElement()
        .asString()
        .startsWith("warning: main.cf, line 2")
        .endsWith(
            line.replaceFirst(" .*", "")
                + " depends on stress and is read when the server starts: stress that comes or goes"
                + " later does not change it");
  }

  @Test
  void parameters_of_other_programs_share_one_warning_unless_they_have_their_defaults() {
    assertThat(found("relayhost = [mx.example.test]\nqueue_run_delay = 5s\nmyorigin = x\n"))
        .filteredOn(it -> it.contains("another"))
        .singleElement()
        .asString()
        .contains("queue_run_delay, relayhost");
    assertThat(found("relayhost =\nqueue_run_delay = 300s\n")).isEmpty();
  }

  @Test
  void a_value_may_refer_to_a_parameter_of_another_program() {
    Configuration main =
        KnownParameters.forServer(
            MainCf.parse("main.cf", "smtpd_banner = $queue_run_delay $x_destination_rate_delay\n"),
            List.of(),
            "mx.example.test");
    assertThat(main.expand("smtpd_banner")).contains("300s 0s");
  }

  @Test
  void a_parameter_that_is_not_implemented_gets_a_warning_if_it_is_not_its_default() {
    assertThat(found("smtpd_tls_always_issue_session_ids = no\n"))
        .containsExactly(
            "warning: main.cf, line 1, column 38: smtpd_tls_always_issue_session_ids = no is not"
                + " implemented, and without effect");
    assertThat(found("smtpd_tls_always_issue_session_ids = YES\nmax_idle = 100\n")).isEmpty();
  }

  @Test
  void a_parameter_that_stops_mail_and_is_not_implemented_is_an_error() {
    assertThat(found("smtpd_milters = inet:filter:8891\n"))
        .singleElement()
        .asString()
        .startsWith("error: ")
        .contains("would let mail through");
    assertThat(found("smtpd_milters =\n")).isEmpty();
    assertThat(found("smtpd_milters = ${stress?inet:filter:8891}\n")).hasSize(1);
  }

  @Test
  void a_client_named_in_a_list_is_a_warning_where_names_are_not_looked_up() {
    String list =
        "mynetworks = 10.0.0.0/8 [::1]/128 !client.example.com cidr:/nets /file 192.0.2.7";
    assertThat(found(list)).isEmpty();
    for (String lookup : List.of("no", "${stress?no}${stress:yes}", "${stress?yes}${stress:no}")) {
      assertThat(found(list + "\nsmtpd_peername_lookup = " + lookup))
          .containsExactly(
              "warning: main.cf, line 1, column 14: mynetworks: \"client.example.com\" matches nobody"
                  + " where smtpd_peername_lookup = no, want: an address or a network");
    }
    assertThat(
            found(
                "smtpd_peername_lookup = no\n"
                    + "smtpd_authorized_xclient_hosts = a.example.com\n"
                    + "smtpd_authorized_xforward_hosts = b.example.com, unknown\n"
                    + "smtpd_sasl_exceptions_networks = 192.0.2.1, c.example.com\n"
                    + "smtpd_client_event_limit_exceptions = d.example.com\n"
                    + "smtpd_forbid_bare_newline_exclusions = e.example.com\n"))
        .hasSize(5)
        .allMatch(it -> it.contains(".example.com\" matches nobody where"));
  }

  @Test
  void a_clients_name_that_counts_when_calm_alone_is_a_warning_if_that_is_when_no_name_is_known() {
    assertThat(
            found(
                "mynetworks = ${stress?192.0.2.1}${stress:client.example.com}\n"
                    + "smtpd_peername_lookup = ${stress?no}${stress:yes}\n"))
        .isEmpty();
    assertThat(
            found(
                "mynetworks = ${stress?client.example.com}${stress:192.0.2.1}\n"
                    + "smtpd_peername_lookup = ${stress?no}${stress:yes}\n"))
        .hasSize(1);
  }

  @Test
  void a_proxy_that_is_named_is_a_warning_because_it_would_never_match() {
    assertThat(found("smtpd_upstream_proxy_hosts = balancer.example.com 192.0.2.1\n"))
        .containsExactly(
            "warning: main.cf, line 1, column 30: smtpd_upstream_proxy_hosts:"
                + " \"balancer.example.com\" matches nobody, because a proxy's name is not looked up,"
                + " want: an address or a network");
  }

  @Test
  void a_default_is_what_it_is_in_the_same_file() {
    assertThat(
            found(
                "mynetworks = 192.0.2.0/24\nsmtpd_forbid_bare_newline_exclusions = 192.0.2.0/24\n"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postscreen_blacklist_action = ignore | warning",
        "postscreen_blacklist_action = drop | error",
        "postscreen_access_list = | warning",
        "postscreen_access_list = cidr:/access | error",
        "postscreen_greet_action = ${stress?{drop}:{ignore}} | error",
        "postscreen_access_list = ${stress?permit_mynetworks} | warning",
        "postscreen_access_list = ${stress?cidr:/access} | error",
        "strict_8bitmime = yes | error",
        "message_reject_characters = \\0 | error",
        "content_filter = smtp:[127.0.0.1]:10025 | error",
      })
  void what_asks_for_no_more_than_the_server_does_is_a_warning(String line, String severity) {
    assertThat(found(line)).singleElement().asString().startsWith(severity);
  }

  @Test
  void checks_of_attachments_that_check_less_than_those_of_headers_are_no_error_of_their_own() {
    assertThat(found("header_checks = regexp:/checks\nmime_header_checks =\n"))
        .extracting(it -> it.replaceFirst(" = .*", ""))
        .containsExactly(
            "error: main.cf, line 1, column 17: header_checks",
            "warning: main.cf, line 2, column 21: mime_header_checks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtpd_forbid_bare_newline = yes",
        "smtpd_forbid_bare_newline = no",
        "smtpd_forbid_bare_newline = reject",
        "smtpd_client_connection_count_limit = 0",
        "smtpd_client_connection_count_limit = 10",
        "smtpd_forbidden_commands =",
        "smtpd_forbidden_commands = GET",
        "smtpd_tls_security_level = none",
        "smtpd_tls_security_level = may\nsmtpd_tls_cert_file = /mx.pem",
        "smtpd_tls_security_level = encrypt\nsmtpd_tls_chain_files = /mx.pem",
        "smtpd_tls_wrappermode = yes\nsmtpd_tls_eccert_file = /mx.pem",
        "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot",
        "smtpd_upstream_proxy_protocol = haproxy\nsmtpd_upstream_proxy_hosts = 10.0.0.0/8",
        "disable_vrfy_command = yes",
      })
  void of_what_the_server_does_there_is_nothing_to_say(String line) {
    assertThat(found(line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error | smtpd_tls_security_level = encrypt | there is no certificate, want:",
        "error | smtpd_tls_security_level = ${stress?encrypt} | there is no certificate, want:",
        "error | smtpd_tls_wrappermode = yes | there is no certificate, want:",
        "error | smtpd_enforce_tls = yes | there is no certificate, want:",
        "warning | smtpd_tls_security_level = may | No server certs available. TLS",
        "warning | smtpd_use_tls = yes | No server certs available. TLS",
        "error | smtpd_sasl_auth_enable = yes | smtpd_sasl_type: \"cyrus\" is not implemented",
        "error | smtpd_upstream_proxy_protocol = haproxy | smtpd_upstream_proxy_hosts is not set",
      })
  void what_needs_something_else_that_is_not_set_is_told_where_it_is_asked_for(
      String severity, String line, String message) {
    assertThat(found("smtpd_tls_cert_file = none\n" + line))
        .singleElement()
        .asString()
        .startsWith(severity + ": main.cf, line 2, ")
        .contains(message);
  }

  @Test
  void inet_interfaces_is_a_warning_because_it_closes_no_port_here() {
    assertThat(found("inet_interfaces = all\n")).isEmpty();
    assertThat(found("inet_interfaces = loopback-only\n"))
        .containsExactly(
            "warning: main.cf, line 1, column 19: inet_interfaces = loopback-only does not say where"
                + " this server listens: --listen does");
  }

  @Test
  void a_file_without_a_compatibility_level_is_told_which_old_defaults_count() {
    String begin = "warning: main.cf: using backwards-compatible default setting ";
    String end = ", want: compatibility_level = 3.6 or ";
    assertThat(found("", List.of()))
        .containsExactly(
            begin + "smtputf8_enable=no" + end + "smtputf8_enable = ...",
            begin
                + "relay_domains=mx.example.test, localhost.example.test, localhost"
                + end
                + "relay_domains = ...",
            begin + "append_dot_mydomain=yes" + end + "append_dot_mydomain = ...");
    assertThat(found("relay_domains = example.test\n", List.of()))
        .containsExactly(
            begin + "smtputf8_enable=no" + end + "smtputf8_enable = ...",
            begin + "append_dot_mydomain=yes" + end + "append_dot_mydomain = ...");
    assertThat(found("smtpd_recipient_restrictions = reject\n", List.of()))
        .contains(begin + RELAY_FIRST + "=no" + end + RELAY_FIRST + " = ...");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtpd_tls_ask_ccert = yes", "smtpd_tls_req_ccert = ${stress?yes}"})
  void the_old_digest_of_certificates_is_told_only_to_who_asks_clients_for_them(String line) {
    assertThat(found("smtpd_tls_security_level = may\n", List.of()))
        .noneMatch(it -> it.contains("digest"));
    assertThat(found(line, List.of()))
        .anyMatch(it -> it.contains("default setting smtpd_tls_fingerprint_digest=md5, want:"));
  }

  @Test
  void a_compatibility_level_that_is_none_is_an_error_in_Postfixs_words() {
    assertThat(found("compatibility_level = new\n", List.of()))
        .contains(
            "error: main.cf, line 1, column 23: malformed compatibility level syntax: \"new\","
                + " want: major.minor, for example 3.6");
  }

  @Test
  void a_command_line_is_checked_as_the_file_is() {
    assertThat(found("", List.of("compatibility_level=3.11", "smtpd_timeout=never")))
        .singleElement()
        .asString()
        .startsWith("error: -o: parameter smtpd_timeout: bad time value or unit: never");
  }

  @Test
  void a_host_name_without_a_dot_gets_the_domain_of_the_file() {
    assertThat(host("", "mx")).isEqualTo("mx.localdomain localdomain");
    assertThat(host("", "mx.example.test")).isEqualTo("mx.example.test example.test");
    assertThat(host("mydomain = a.test\n", "mx")).isEqualTo("mx.a.test a.test");
    assertThat(host("myhostname = b.c.test\n", "mx")).isEqualTo("b.c.test c.test");
    assertThat(host("myhostname = b\n", "mx")).isEqualTo("b localdomain");
    assertThat(host("myhostname = ${x\n", "mx.d.test")).contains("error");
  }

  private static String host(String file, String hostname) {
    Configuration main =
        KnownParameters.forServer(MainCf.parse("main.cf", file), List.of(), hostname);
    try {
      return main.expand("myhostname").orElse("") + " " + main.expand("mydomain").orElse("");
    } catch (dev.mailservice.maincf.MainCfException e) {
      return "error: " + e.diagnostic().message();
    }
  }

  @Test
  void near_names_are_those_with_one_letter_in_four_wrong() {
    List<String> known = List.of("relay_domains", "relayhost", "mydestination");
    assertThat(NearestNames.of("relay_domain", known)).containsExactly("relay_domains");
    assertThat(NearestNames.of("realy_domains", known)).containsExactly("relay_domains");
    assertThat(NearestNames.of("mydestinations", known)).containsExactly("mydestination");
    assertThat(NearestNames.of("smtpd_timeout", known)).isEmpty();
    assertThat(NearestNames.of("x", known)).isEmpty();
  }

  @Test
  void all_diagnostics_come_with_a_place() {
    Configuration main =
        KnownParameters.forServer(MainCf.parse("main.cf", "a = $b\n"), List.of(), "mx");
    assertThat(ConfigurationCheck.check(main))
        .extracting(Diagnostic::position)
        .allSatisfy(it -> assertThat(it.source()).isNotEmpty());
  }
}
