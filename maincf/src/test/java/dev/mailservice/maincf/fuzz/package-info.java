/** Inputs that nobody thought of, found by their coverage: {@code maincf/fuzz} runs it for long. */
@NullMarked
package dev.mailservice.maincf.fuzz;

import org.jspecify.annotations.NullMarked;
