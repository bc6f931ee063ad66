/**
 * A flood of slow clients against an SMTP server, and good clients that try to get mail through it.
 *
 * <p>{@link dev.mailservice.e2e.flood.Flood} runs a {@link dev.mailservice.e2e.flood.FloodPlan} and
 * tells what happens as {@link dev.mailservice.e2e.flood.FloodEvent}s: one a second, one for each
 * mail, a summary at the end. Depends on {@code dev.mailservice.e2e.smtp}. Called by {@code e2e
 * flood}; the demo reads its events.
 */
@NullMarked
package dev.mailservice.e2e.flood;

import org.jspecify.annotations.NullMarked;
