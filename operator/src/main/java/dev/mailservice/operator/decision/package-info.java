/**
 * What a fleet should do, as a function of its policy, what is remembered, what was observed and
 * the time: {@code (policy, state, observation, now) -> decision}.
 *
 * <p>No Kubernetes, no clock, no input or output, no thread: a test holds it to that. May depend on
 * the JDK only. Called by {@code loop} once a tick; every other package may use its words ({@link
 * dev.mailservice.operator.decision.Reason}).
 */
@NullMarked
package dev.mailservice.operator.decision;

import org.jspecify.annotations.NullMarked;
