package dev.mailservice.operator.decision;

import java.time.Duration;

/**
 * What the user wants, in the decision's own terms.
 *
 * @param processLimit slots of one pod
 * @param scaling who says how many pods there are
 * @param stressRule whether the fleet may be stressed
 * @param revertAfter time without saturation after which stress is taken back
 * @param saturatedPodsPercent share of serving pods that must be saturated, 1 to 100
 * @param busyPercent share of all slots that must be busy, 1 to 100
 */
public record Policy(
    int processLimit,
    Scaling scaling,
    StressRule stressRule,
    Duration revertAfter,
    int saturatedPodsPercent,
    int busyPercent) {}
