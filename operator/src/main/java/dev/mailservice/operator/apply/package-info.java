/**
 * Turns what was decided into resources: one builder a resource, and the one place that renders
 * stress into a pod ({@link dev.mailservice.operator.apply.Personality}).
 *
 * <p>Gather, decide, apply: this is the last. Everything here is computed from its arguments; the
 * only way out is {@link dev.mailservice.operator.apply.ServerSideApply}. May depend on {@code
 * api}, {@code cluster} and Fabric8; called by {@code loop}.
 */
@NullMarked
package dev.mailservice.operator.apply;

import org.jspecify.annotations.NullMarked;
