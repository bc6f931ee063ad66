/**
 * How long servers take from the command that starts them to their first banner.
 *
 * <p>Called by {@code e2e/bench smtpd start}. Runs the image by runc, as PlainContainerIT of the
 * tests does.
 */
@NullMarked
package dev.mailservice.e2e.bench.start;

import org.jspecify.annotations.NullMarked;
