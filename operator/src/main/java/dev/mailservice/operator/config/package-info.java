/**
 * Whether a {@code main.cf} can be run, before anything rolls.
 *
 * <p>Pure. May depend on {@code maincf} only; called by {@code loop}.
 */
@NullMarked
package dev.mailservice.operator.config;

import org.jspecify.annotations.NullMarked;
