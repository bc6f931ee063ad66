/**
 * Benchmarks that run this server and Debian's Postfix in the same run on the same machine: {@code
 * e2e/bench smtpd}.
 *
 * <p>A {@link dev.mailservice.e2e.bench.Section} measures one thing and gives rows, curves and its
 * raw data; {@link dev.mailservice.e2e.bench.Sections} lists them all; the packages beneath hold
 * what they share. Depends on the tools of {@code dev.mailservice.e2e} and on files of the built
 * project. Called from the command line.
 */
@NullMarked
package dev.mailservice.e2e.bench;

import org.jspecify.annotations.NullMarked;
