/**
 * Whole sessions that nobody thought of, found by their coverage: {@code smtpd-image/fuzz} looks
 * for them for long.
 */
@NullMarked
package dev.mailservice.smtpd.fuzz;

import org.jspecify.annotations.NullMarked;
