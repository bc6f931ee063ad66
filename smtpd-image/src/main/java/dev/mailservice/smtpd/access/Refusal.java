package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.protocol.Reply;

/**
 * Why a recipient is not taken.
 *
 * @param reply what the client is told
 * @param warning what the administrator is told besides; empty if nothing is wrong
 */
public record Refusal(Reply reply, String warning) {
  static Refusal of(Reply reply) {
    return new Refusal(reply, "");
  }
}
