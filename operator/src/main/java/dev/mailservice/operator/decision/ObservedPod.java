package dev.mailservice.operator.decision;

import java.util.Optional;

/**
 * A pod as one tick saw it.
 *
 * @param uid what tells it from every other pod that ever was
 * @param phase where it is in its life
 * @param sample its metrics; empty when they could not be read, which never means idle
 */
public record ObservedPod(String uid, PodPhase phase, Optional<Sample> sample) {}
