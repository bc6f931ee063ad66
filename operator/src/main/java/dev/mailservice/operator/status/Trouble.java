package dev.mailservice.operator.status;

import dev.mailservice.operator.decision.Reason;

/**
 * Why a fleet is not as it should be.
 *
 * @param reason the kind
 * @param sentence what a person can act on, in the kubelet's or scheduler's own words where there
 *     are any
 */
record Trouble(Reason reason, String sentence) {}
