package dev.mailservice.operator.apply;

/**
 * What a fleet should be.
 *
 * @param replicas number of pods
 * @param stressed whether they have the stressed personality
 */
public record Target(int replicas, boolean stressed) {}
