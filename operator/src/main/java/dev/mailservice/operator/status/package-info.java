/**
 * What the operator says of a MailService in its status: a function of the spec, the decision and
 * the cluster, with sentences a person can act on.
 *
 * <p>Pure: no clock, no input or output. May depend on {@code api}, {@code cluster} and {@code
 * decision}; called by {@code loop}.
 */
@NullMarked
package dev.mailservice.operator.status;

import org.jspecify.annotations.NullMarked;
