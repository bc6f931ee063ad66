/**
 * One observation of a fleet: its pods' metrics, read all at once, and how far its rollout is.
 *
 * <p>Gather, decide, apply: this is the first. It reads, over HTTP and from the informers' caches,
 * and judges nothing but whether what it read can be trusted. May depend on {@code api}, {@code
 * cluster} and {@code decision}; called by {@code loop}.
 */
@NullMarked
package dev.mailservice.operator.gather;

import org.jspecify.annotations.NullMarked;
