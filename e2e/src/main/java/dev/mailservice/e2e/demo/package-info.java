/**
 * The demo: a flood meets a fleet on a real cluster, and what happens is watched, told and
 * measured.
 *
 * <p>{@link dev.mailservice.e2e.demo.Scenario} is the run itself, used by {@code ./demo} and by the
 * tests on a real cluster. {@link dev.mailservice.e2e.demo.FleetTracker}, {@link
 * dev.mailservice.e2e.demo.Summary}, {@link dev.mailservice.e2e.demo.LiveTable} and {@link
 * dev.mailservice.e2e.demo.Chart} are free of I/O. Depends on {@code dev.mailservice.e2e.flood},
 * {@code dev.mailservice.e2e.sink}, the Kubernetes client, and the commands kubectl and helm.
 */
@NullMarked
package dev.mailservice.e2e.demo;

import org.jspecify.annotations.NullMarked;
