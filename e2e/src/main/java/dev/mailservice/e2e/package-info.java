/**
 * The command line of the test tools: one entry point, a command for each.
 *
 * <p>May depend on the packages of its commands. Called by people, by the launchers {@code
 * e2e/flood} and {@code e2e/sink}, and by the entry point of the image {@code mailservice/e2e}.
 */
@NullMarked
package dev.mailservice.e2e;

import org.jspecify.annotations.NullMarked;
