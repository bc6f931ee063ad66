/**
 * The two servers that are compared, each as the processes that it runs as in production, and what
 * those processes take.
 *
 * <p>Depends on files of the built project, on {@code build/postfix-reference} and on Linux's
 * {@code /proc}. Called by the sections of {@code e2e/bench smtpd}.
 */
@NullMarked
package dev.mailservice.e2e.bench.side;

import org.jspecify.annotations.NullMarked;
