package dev.mailservice.smtpd.fuzz;

import java.util.List;
import java.util.Map;

/**
 * What an input's first two bytes choose.
 *
 * @param settings index into {@link #SETTINGS}
 * @param client whom the input's client is
 * @param patient whether it sends its next line when it is waited for, or all at once
 * @param resets whether it ends with a reset, or by closing
 * @param takes how many bytes of replies it takes before it is gone; {@link Integer#MAX_VALUE} for
 *     all
 * @param overLoopback whether it comes through a socket, or in memory, which is quicker
 */
record Circumstances(
    int settings, Client client, boolean patient, boolean resets, int takes, boolean overLoopback) {
  /** Bytes that an input has before what its client says. */
  static final int LENGTH = 2;

  private static final int OVER_LOOPBACK = 15;

  /** Whom the client is to the server; the address says it. */
  enum Client {
    STRANGER("127.0.0.2"),
    TRUSTED("127.0.0.1"),
    /** May say XCLIENT and XFORWARD. */
    FRONT("127.0.0.3"),
    /** Of smtpd_forbid_bare_newline_exclusions. */
    CARELESS("127.0.0.4");

    private final String address;

    Client(String address) {
      this.address = address;
    }

    String address() {
      return address;
    }
  }

  /** Words of an address that an access table has every action of access(5) for. */
  private static final String EVERY_ACTION =
      """
      pcre:{
      {/reject/ REJECT no} {/defer/ DEFER later} {/ifpermit/ DEFER_IF_PERMIT later}
      {/ifreject/ DEFER_IF_REJECT later} {/421/ 421 4.0.0 go} {/521/ 521 5.0.0 go}
      {/554/ 554 no} {/warn/ WARN see} {/info/ INFO see} {/hold/ HOLD} {/discard/ DISCARD}
      {/redirect/ REDIRECT x@elsewhere.test} {/bcc/ BCC x@elsewhere.test}
      {/filter/ FILTER smtp:elsewhere.test} {/prepend/ PREPEND X-Seen: yes} {/okay/ OK} }
      """
          .replace("\n", " ");

  /** Options that change what a session may come to. */
  static final List<List<String>> SETTINGS =
      List.of(
          List.of(),
          List.of("smtpd_forbid_bare_newline=no"),
          List.of("smtpd_forbid_bare_newline=reject"),
          List.of("smtpd_forbid_bare_newline=note"),
          List.of("smtpd_forbid_unauth_pipelining=no"),
          List.of("smtpd_forbid_unauth_pipelining=no", "smtpd_forbid_bare_newline=no"),
          List.of("smtpd_forbid_unauth_pipelining=no", "smtpd_forbid_bare_newline=reject"),
          List.of("smtpd_forbid_unauth_pipelining=no", "smtpd_proxy_options=speed_adjust"),
          List.of("smtpd_proxy_options=speed_adjust", "smtpd_forbid_bare_newline=no"),
          List.of("strict_rfc821_envelopes=yes", "smtpd_helo_required=yes"),
          List.of("smtputf8_enable=no"),
          List.of("strict_smtputf8=yes"),
          List.of("message_size_limit=400"),
          List.of("message_size_limit=400", "smtpd_proxy_options=speed_adjust"),
          List.of("stress=yes"),
          List.of("smtpd_hard_error_limit=3", "smtpd_junk_command_limit=1"),
          List.of("smtpd_recipient_limit=2", "smtpd_recipient_overshoot_limit=1"),
          List.of("line_length_limit=512", "smtpd_forbid_unauth_pipelining=no"),
          List.of("smtpd_reject_footer=\\c; come again, $client_address $sender $recipient"),
          List.of("soft_bounce=yes"),
          List.of("smtpd_discard_ehlo_keywords=chunking, smtputf8, dsn, size"),
          List.of("smtpd_noop_commands=foo", "smtpd_forbidden_commands=CONNECT GET POST"),
          List.of("hopcount_limit=2"),
          List.of("smtpd_forbid_bare_newline=reject", "smtpd_forbid_bare_newline_reject_code=521"),
          List.of("smtpd_recipient_restrictions=check_recipient_access " + EVERY_ACTION),
          List.of(
              "smtpd_delay_reject=no",
              "smtpd_helo_restrictions=reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname,"
                  + " check_helo_access "
                  + EVERY_ACTION,
              "smtpd_sender_restrictions=reject_non_fqdn_sender, check_sender_access "
                  + EVERY_ACTION),
          List.of(
              "smtpd_data_restrictions=reject_unauth_pipelining, check_sender_access "
                  + EVERY_ACTION,
              "smtpd_end_of_data_restrictions=check_recipient_access " + EVERY_ACTION));

  /** What all have besides. */
  static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("myhostname", "mx.example.test"),
          Map.entry("mydestination", "example.test, localhost"),
          Map.entry("relay_domains", "relayed.test"),
          Map.entry("virtual_mailbox_domains", "mailbox.test"),
          Map.entry("virtual_mailbox_maps", "inline:{ { user@mailbox.test = there } }"),
          Map.entry("local_recipient_maps", ""),
          Map.entry("alias_maps", ""),
          Map.entry("mynetworks", Client.TRUSTED.address() + "/32"),
          Map.entry("smtpd_authorized_xclient_hosts", Client.FRONT.address()),
          Map.entry("smtpd_authorized_xforward_hosts", Client.FRONT.address()),
          Map.entry("smtpd_forbid_bare_newline_exclusions", Client.CARELESS.address()),
          Map.entry("smtpd_peername_lookup", "no"),
          Map.entry("smtpd_client_connection_count_limit", "0"),
          Map.entry("smtpd_error_sleep_time", "0"),
          // A hang is what takes longer than what the next hop may take.
          Map.entry("smtpd_proxy_timeout", "3s"),
          Map.entry("smtpd_relay_restrictions", "permit_mynetworks, reject_unauth_destination"));

  static Circumstances of(byte[] input) {
    int modes = input[1] & 0xff;
    int takes = modes >> 4;
    return new Circumstances(
        (input[0] & 0xff) % SETTINGS.size(),
        Client.values()[modes & 3],
        (modes & 4) == 0,
        (modes & 8) != 0,
        takes == 0 || takes == OVER_LOOPBACK ? Integer.MAX_VALUE : takes * 60,
        takes == OVER_LOOPBACK);
  }

  /** The first bytes of an input that is begun so, patiently and in memory. */
  static byte[] bytes(int settings, Client client) {
    return new byte[] {(byte) settings, (byte) client.ordinal()};
  }

  List<String> options() {
    return SETTINGS.get(settings);
  }
}
