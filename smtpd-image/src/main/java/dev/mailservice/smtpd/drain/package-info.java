/**
 * What happens between SIGTERM and the end: the server goes on under its stressed personality until
 * everybody has been served or told 421.
 *
 * <p>{@link dev.mailservice.smtpd.drain.DrainPlan} decides, without a clock of its own; {@link
 * dev.mailservice.smtpd.drain.Drain} looks and applies. Called by {@code Smtpd}.
 */
@NullMarked
package dev.mailservice.smtpd.drain;

import org.jspecify.annotations.NullMarked;
