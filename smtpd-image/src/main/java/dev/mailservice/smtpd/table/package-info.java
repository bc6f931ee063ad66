/**
 * What lookup tables need of the machine: files, which are read again when they change, and the
 * servers behind {@code socketmap:} and {@code tcp:}.
 *
 * <p>Depends on {@code dev.mailservice.maincf.table} for the tables themselves and on the JDK.
 * Called by who wires the server.
 */
@NullMarked
package dev.mailservice.smtpd.table;

import org.jspecify.annotations.NullMarked;
