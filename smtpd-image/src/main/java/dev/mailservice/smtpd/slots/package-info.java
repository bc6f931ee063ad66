/**
 * The process limit: slots, who waits for one, and what happens when the last is taken.
 *
 * <p>{@link dev.mailservice.smtpd.slots.Listener} takes a slot before it accepts, so that clients
 * beyond the limit wait in the kernel's backlog without a banner, as in Postfix. {@link
 * dev.mailservice.smtpd.slots.Personality} says whether the server is calm or stressed.
 *
 * <p>Depends on the JDK alone. Called by {@code Smtpd} and {@code session}; read by {@code admin}.
 */
@NullMarked
package dev.mailservice.smtpd.slots;

import org.jspecify.annotations.NullMarked;
