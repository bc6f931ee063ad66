/**
 * The memory that the server has, and what it does before there is none left: says at its start how
 * many sessions it carries, and refuses work while it is short.
 *
 * <p>{@link dev.mailservice.smtpd.memory.MemoryBudget} and {@link
 * dev.mailservice.smtpd.memory.MemoryUse} decide, without a clock and without I/O; {@link
 * dev.mailservice.smtpd.memory.ProcessMemory} reads; {@link
 * dev.mailservice.smtpd.memory.MemoryWatch} looks and tells. Depends on the JDK alone. Called by
 * {@code Smtpd}, asked by {@code session}, read by {@code admin}.
 */
@NullMarked
package dev.mailservice.smtpd.memory;

import org.jspecify.annotations.NullMarked;
