package dev.mailservice.e2e.flood;

import dev.mailservice.e2e.smtp.Stage;
import java.time.Duration;

/**
 * One good mail's fate.
 *
 * @param messageId its Message-ID, without angle brackets
 * @param phase when it was meant to be sent
 * @param outcome what became of it
 * @param stage how far its client had come
 * @param code the reply that refused or accepted it, 0 when there was none
 * @param latency from the moment it was meant to be sent until its fate was known
 * @param detail the last reply's text, or what broke
 */
public record Delivery(
    String messageId,
    Phase phase,
    Outcome outcome,
    Stage stage,
    int code,
    Duration latency,
    String detail) {}
