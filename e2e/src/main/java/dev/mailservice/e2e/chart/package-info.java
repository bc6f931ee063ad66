/**
 * What drawings on pages have in common. Pure; depends on nothing. Called by the demo's chart and
 * by the benchmarks' page.
 */
@NullMarked
package dev.mailservice.e2e.chart;

import org.jspecify.annotations.NullMarked;
