package dev.mailservice.smtpd.protocol;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the protocol table needs to know of {@code main.cf}.
 *
 * @param hostname {@code myhostname}
 * @param limits how many errors and recipients there may be
 * @param envelopes how addresses may be written
 * @param helloRequired {@code smtpd_helo_required}
 * @param vrfyDisabled {@code disable_vrfy_command}
 * @param tlsRequired {@code smtpd_tls_security_level = encrypt}
 * @param pipeliningForbidden {@code smtpd_forbid_unauth_pipelining}
 * @param verpDelimiters {@code verp_delimiter_filter}
 * @param commandFilter {@code smtpd_command_filter}: what stands for a command; empty for itself
 * @param noopCommands {@code smtpd_noop_commands}
 * @param forbiddenCommands {@code smtpd_forbidden_commands}
 */
public record ProtocolSettings(
    String hostname,
    Limits limits,
    Envelopes envelopes,
    boolean helloRequired,
    boolean vrfyDisabled,
    boolean tlsRequired,
    boolean pipeliningForbidden,
    String verpDelimiters,
    Function<String, Optional<String>> commandFilter,
    Predicate<String> noopCommands,
    Predicate<String> forbiddenCommands) {

  /**
   * How many there may be.
   *
   * @param hardErrors {@code smtpd_hard_error_limit}
   * @param softErrors {@code smtpd_soft_error_limit}
   * @param junkCommands {@code smtpd_junk_command_limit}
   * @param recipients {@code smtpd_recipient_limit}; 0 for no limit
   * @param recipientOvershoot {@code smtpd_recipient_overshoot_limit}
   * @param messageSize {@code message_size_limit}, bytes; 0 for no limit
   */
  public record Limits(
      int hardErrors,
      int softErrors,
      int junkCommands,
      int recipients,
      int recipientOvershoot,
      long messageSize) {}

  /**
   * How addresses may be written.
   *
   * @param strict {@code strict_rfc821_envelopes}
   * @param smtpUtf8 {@code smtputf8_enable}
   * @param strictSmtpUtf8 {@code strict_smtputf8}
   * @param addresses what is an address
   */
  public record Envelopes(
      boolean strict, boolean smtpUtf8, boolean strictSmtpUtf8, AddressCheck addresses) {}

  /** Knows what is an address, as far as its domain and its routing show it. */
  public interface AddressCheck {
    /**
     * Whether this is one, in a command that did or did not declare SMTPUTF8.
     *
     * @param address without angle brackets and quotes; not empty
     */
    boolean isAddress(String address, boolean declaredSmtpUtf8);
  }
}
