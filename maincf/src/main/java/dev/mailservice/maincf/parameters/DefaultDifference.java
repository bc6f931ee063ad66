package dev.mailservice.maincf.parameters;

import java.util.List;
import java.util.Optional;

/**
 * Where a default here is not the one that {@code postconf -d} of Debian's Postfix 3.7.11 prints.
 *
 * <p>A test compares every name and default with that program: what differs and is not listed
 * fails, and what is listed and does not differ fails as well.
 *
 * @param name the parameter
 * @param reference what Postfix 3.7.11 prints; empty where it depends on the machine, or where that
 *     version does not print the parameter
 * @param onMachine whether Postfix's default is reckoned from the machine it runs on
 * @param by the Postfix version that changed or brought it; or that it is this server's own
 * @param why one sentence
 */
public record DefaultDifference(
    String name, Optional<String> reference, boolean onMachine, String by, String why) {
  private static final String OURS = "this server's own";

  private static final List<DefaultDifference> ALL =
      List.of(
          changed(
              "smtpd_forbid_bare_newline",
              "no",
              "3.9",
              "A line that ends in LF alone ends a message for some servers and not for others,"
                  + " which is how mail was smuggled."),
          changed(
              "smtpd_forbid_unauth_pipelining",
              "no",
              "3.9",
              "A client that talks before its turn may be one into whose commands others"
                  + " smuggled theirs."),
          changed(
              "tls_high_cipherlist",
              "aNULL:-aNULL:HIGH:@STRENGTH",
              "3.8",
              "Postfix leaves out ciphers, digests and key exchanges that are deprecated."),
          changed(
              "tls_medium_cipherlist",
              "aNULL:-aNULL:HIGH:MEDIUM:+RC4:@STRENGTH",
              "3.8",
              "Postfix leaves out ciphers, digests and key exchanges that are deprecated."),
          changed(
              "tls_null_cipherlist",
              "eNULL:!aNULL",
              "3.8",
              "Postfix leaves out digests and key exchanges that are deprecated."),
          changed(
              "tls_low_cipherlist",
              "aNULL:-aNULL:HIGH:MEDIUM:LOW:+RC4:@STRENGTH",
              "3.8",
              "OpenSSL has no such grade any more, and Postfix ignores it."),
          changed(
              "tls_export_cipherlist",
              "aNULL:-aNULL:HIGH:MEDIUM:LOW:EXPORT:+RC4:@STRENGTH",
              "3.8",
              "OpenSSL has no such grade any more, and Postfix ignores it."),
          changed(
              "tls_eecdh_auto_curves",
              "X25519 X448 prime256v1 secp521r1 secp384r1",
              "after 3.7",
              "Postfix prefers secp384r1 to the slower secp521r1."),
          changed(
              "smtp_tls_dane_insecure_mx_policy",
              "${{$smtp_tls_security_level} == {dane} ? {dane} : {may}}",
              "3.10",
              "Postfix no longer makes it depend on smtp_tls_security_level."),
          changed(
              "smtp_tls_security_level",
              "",
              "3.11",
              "Postfix sends with TLS where it is offered, for a file of that compatibility"
                  + " level."),
          changed(
              "lmtp_tls_security_level",
              "",
              "3.11",
              "Postfix sends with TLS where it is offered, for a file of that compatibility"
                  + " level."),
          changed(
              "tlsproxy_client_policy_maps",
              "${tlsproxy_client_policy:$smtp_tls_policy_maps}",
              "after 3.7",
              "Postfix corrected how the older name of the parameter counts."),
          changed(
              "tlsproxy_client_security_level",
              "${tlsproxy_client_level:$smtp_tls_security_level}",
              "after 3.7",
              "Postfix corrected how the older name of the parameter counts."),
          extended(
              "proxy_read_maps",
              " $smtpd_reject_filter_maps",
              "3.11",
              "It names smtpd_reject_filter_maps, which is new."),
          extended(
              "import_environment",
              " XDG_RUNTIME_DIR",
              "after 3.7",
              "Postfix lets one more variable of the environment in."),
          changed(
              "smtpd_relay_restrictions",
              "${{$compatibility_level} <level {1} ? {} : {permit_mynetworks,"
                  + " permit_sasl_authenticated, defer_unauth_destination}}",
              OURS,
              "Postfix leaves it empty below compatibility level 1 and then does not start"
                  + " unless smtpd_recipient_restrictions refuses unknown destinations; here the"
                  + " list of level 1 counts at every level, so that no file makes an open relay."),
          changed(
              "local_recipient_maps",
              "proxy:unix:passwd.byname $alias_maps",
              OURS,
              "A pod has neither users nor aliases; empty leaves it to the next hop which"
                  + " recipients there are."),
          changed(
              "alias_maps",
              "hash:/etc/aliases, nis:mail.aliases",
              OURS,
              "A pod has no aliases; they are the next hop's."),
          changed("process_name", "postconf", OURS, "The program has another name."),
          changed("service_name", "", OURS, "There is no master.cf to take it from."),
          changed(
              "mail_version",
              "3.7.11",
              OURS,
              "It is that of the newest Postfix whose parameters are known."),
          changed("mail_release_date", "20240304", OURS, "This is no release of Postfix."),
          ofTheMachine(
              "mynetworks",
              "Postfix reckons it from the machine's interfaces; loopback alone, because behind"
                  + " source NAT every client has a node's address."),
          ofTheMachine(
              "myhostname", "Postfix asks the machine, and so does the server when it starts."),
          ofTheMachine("mydomain", "Postfix takes it from the machine's name."),
          ofTheMachine("process_id", "It is another one each time."),
          absent(
              "smtpd_per_record_deadline",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "authorized_verp_clients",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "postscreen_blacklist_action",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "virtual_maps",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "smtpd_client_connection_limit_exceptions",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "smtpd_sasl_application_name",
              "older than 3.7",
              "smtpd(8) still lists it; Postfix 2.3 renamed it."),
          absent(
              "smtpd_tls_cipherlist",
              "older than 3.7",
              "smtpd(8) still lists it; Postfix 2.3 replaced it."),
          absent(
              "fallback_relay",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "lmtp_per_record_deadline",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "smtp_per_record_deadline",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "postscreen_dnsbl_ttl",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "postscreen_dnsbl_whitelist_threshold",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "postscreen_whitelist_interfaces",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "tlsproxy_client_level",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent(
              "tlsproxy_client_policy",
              "older than 3.7",
              "Postfix prints no obsolete name; its successor takes its default from it."),
          absent("maillog_format", OURS, "Postfix has no such parameter."),
          absent("smtpd_proxy_concurrency_limit", OURS, "Postfix has no such parameter."),
          absent("smtpd_proxy_concurrency_timeout", OURS, "Postfix has no such parameter."),
          absent("smtpd_proxy_connection_cache_time_limit", OURS, "Postfix has no such parameter."),
          absent("smtpd_proxy_connection_reuse_time_limit", OURS, "Postfix has no such parameter."),
          absent("smtpd_listen_backlog", OURS, "Postfix has no such parameter."),
          absent("smtpd_client_slot_share_limit", OURS, "Postfix has no such parameter."),
          absent("smtpd_dns_timeout", OURS, "Postfix has no such parameter."),
          absent("smtpd_upstream_proxy_hosts", OURS, "Postfix has no such parameter."),
          absent("allow_srv_lookup_fallback", "3.8", "The parameter is new."),
          absent("ignore_srv_lookup_error", "3.8", "The parameter is new."),
          absent("smtpd_client_ipv4_prefix_length", "3.8", "The parameter is new."),
          absent("smtpd_client_ipv6_prefix_length", "3.8", "The parameter is new."),
          absent("tls_ffdhe_auto_groups", "3.8", "The parameter is new."),
          absent("use_srv_lookup", "3.8", "The parameter is new."),
          absent("force_mime_input_conversion", "3.9", "The parameter is new."),
          absent("lmtp_tls_enable_rpk", "3.9", "The parameter is new."),
          absent("maillog_file_permissions", "3.9", "The parameter is new."),
          absent("smtp_tls_enable_rpk", "3.9", "The parameter is new."),
          absent("smtpd_tls_enable_rpk", "3.9", "The parameter is new."),
          absent("tlsproxy_tls_enable_rpk", "3.9", "The parameter is new."),
          absent("full_name_encoding_charset", "3.10", "The parameter is new."),
          absent("lmtp_tls_enforce_sts_mx_patterns", "3.10", "The parameter is new."),
          absent("lmtp_tlsrpt_enable", "3.10", "The parameter is new."),
          absent("lmtp_tlsrpt_skip_reused_handshakes", "3.10", "The parameter is new."),
          absent("lmtp_tlsrpt_socket_name", "3.10", "The parameter is new."),
          absent("smtp_tls_enforce_sts_mx_patterns", "3.10", "The parameter is new."),
          absent("smtp_tlsrpt_enable", "3.10", "The parameter is new."),
          absent("smtp_tlsrpt_skip_reused_handshakes", "3.10", "The parameter is new."),
          absent("smtp_tlsrpt_socket_name", "3.10", "The parameter is new."),
          absent("smtpd_hide_client_session", "3.10", "The parameter is new."),
          absent("socketmap_max_reply_size", "3.10", "The parameter is new."),
          absent("tls_required_enable", "3.10", "The parameter is new."),
          absent("lmtp_log_tls_feature_status", "3.11", "The parameter is new."),
          absent("lmtp_requiretls_policy", "3.11", "The parameter is new."),
          absent("requiretls_enable", "3.11", "The parameter is new."),
          absent("requiretls_redact_dsn", "3.11", "The parameter is new."),
          absent("smtp_log_tls_feature_status", "3.11", "The parameter is new."),
          absent("smtp_requiretls_policy", "3.11", "The parameter is new."),
          absent("smtpd_reject_filter_maps", "3.11", "The parameter is new."),
          absent("lmtp_sasl_password_result_delimiter", "after 3.7", "The parameter is new."),
          absent("relocated_prefix_enable", "after 3.7", "The parameter is new."),
          absent("smtp_sasl_password_result_delimiter", "after 3.7", "The parameter is new."));

  /**
   * All of them: what Postfix changed, what is this server's own, and what Postfix does not print.
   */
  public static List<DefaultDifference> all() {
    return ALL;
  }

  /** The default here, before expansion. */
  public String here() {
    return SmtpdParameters.named(name)
        .map(it -> it.defaultExpression())
        .or(() -> PostfixParameters.defaultExpression(name))
        .orElseThrow();
  }

  private static DefaultDifference changed(String name, String reference, String by, String why) {
    return new DefaultDifference(name, Optional.of(reference), false, by, why);
  }

  /** One whose default here is Postfix 3.7.11's with something behind it. */
  private static DefaultDifference extended(String name, String end, String by, String why) {
    String here = PostfixParameters.defaultExpression(name).orElseThrow();
    return changed(name, here.substring(0, here.length() - end.length()), by, why);
  }

  private static DefaultDifference ofTheMachine(String name, String why) {
    return new DefaultDifference(name, Optional.empty(), true, OURS, why);
  }

  private static DefaultDifference absent(String name, String by, String why) {
    return new DefaultDifference(name, Optional.empty(), false, by, why);
  }
}
