/**
 * A server under an even load for a long time: whether what it takes from the machine stays the
 * same.
 *
 * <p>{@link dev.mailservice.e2e.soak.Soak} runs the server, the flood tool and a next hop and takes
 * samples; {@link dev.mailservice.e2e.soak.Trend} and {@link dev.mailservice.e2e.soak.Verdict}
 * judge them without I/O. Depends on {@code dev.mailservice.e2e.flood} and {@code
 * dev.mailservice.e2e.sink}. Called by {@code e2e bench soak} and by tests.
 */
@NullMarked
package dev.mailservice.e2e.soak;

import org.jspecify.annotations.NullMarked;
