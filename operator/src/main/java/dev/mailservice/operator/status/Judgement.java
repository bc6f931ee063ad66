package dev.mailservice.operator.status;

import dev.mailservice.operator.decision.Reason;

/**
 * What a condition says.
 *
 * @param type the condition
 * @param holds whether it is True
 * @param sentence holds no figure that changes every second
 */
record Judgement(ConditionType type, boolean holds, Reason reason, String sentence) {}
