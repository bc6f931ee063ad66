/**
 * What benchmarks found out, and how it is shown: as text, as JSON, and as a page.
 *
 * <p>A {@link dev.mailservice.e2e.bench.report.Row} is one figure of both sides with its floor; a
 * {@link dev.mailservice.e2e.bench.report.Curve} is many over something else, such as time. Pure
 * but for {@link dev.mailservice.e2e.bench.report.Machine} and {@link
 * dev.mailservice.e2e.bench.report.Versions}, which look around. Depends on no benchmark.
 */
@NullMarked
package dev.mailservice.e2e.bench.report;

import org.jspecify.annotations.NullMarked;
