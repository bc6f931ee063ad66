/**
 * Rolls of a fleet on a real cluster, under a flood and good mail: who is told what while pods end.
 *
 * <p>{@link dev.mailservice.e2e.roll.Rolls} changes a MailService again and again, the way an
 * administrator does, and lets the operator roll its fleet; the flood tool's good clients tell how
 * they fared. Depends on {@code dev.mailservice.e2e.demo} for the cluster and the installation, and
 * on the flood's events. Called by {@code e2e rolls} and by tests.
 */
@NullMarked
package dev.mailservice.e2e.roll;

import org.jspecify.annotations.NullMarked;
