package dev.mailservice.smtpd.protocol;

/**
 * What the protocol table needs to know of {@code main.cf}.
 *
 * @param hostname {@code myhostname}
 * @param helloRequired {@code smtpd_helo_required}
 * @param hardErrorLimit {@code smtpd_hard_error_limit}
 * @param softErrorLimit {@code smtpd_soft_error_limit}
 * @param junkCommandLimit {@code smtpd_junk_command_limit}
 * @param recipientLimit {@code smtpd_recipient_limit}
 * @param messageSizeLimit {@code message_size_limit}, bytes; 0 for no limit
 */
public record ProtocolLimits(
    String hostname,
    boolean helloRequired,
    int hardErrorLimit,
    int softErrorLimit,
    int junkCommandLimit,
    int recipientLimit,
    long messageSizeLimit) {}
