/**
 * Asks policy servers, for {@code check_policy_service}: greylisting, spam filters and whatever
 * else speaks Postfix's policy delegation protocol, SMTPD_POLICY_README.
 *
 * <p>Depends on {@code table} for connections that are kept and bounded in time, and on {@code
 * access} for what is asked; called by whoever wires the server.
 */
@NullMarked
package dev.mailservice.smtpd.policy;

import org.jspecify.annotations.NullMarked;
