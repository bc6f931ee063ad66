package dev.mailservice.operator.decision;

import java.time.Instant;

/**
 * That fewer pods would do.
 *
 * @param since when it began
 * @param highest most pods that would have been needed at any moment since
 */
record LowerNeed(Instant since, int highest) {}
