/**
 * Postfix's configuration language, {@code main.cf}: read the file, expand values, read them as
 * typed parameters.
 *
 * <p>The way data takes: {@link dev.mailservice.maincf.MainCf} holds the logical lines of a file,
 * {@link dev.mailservice.maincf.Configuration} adds {@code -o name=value} overrides and defaults
 * and expands {@code $name}, {@link dev.mailservice.maincf.Parameter} gives a value its type.
 * Whatever is wrong is a {@link dev.mailservice.maincf.Diagnostic} with file, line and column.
 *
 * <p>Pure: no file, no clock, no environment, and no dependency but the JDK. The server runs by it,
 * and the operator refuses a broken file with it before anything rolls. The source it follows is
 * Postfix's postconf(5) and its {@code mac_expand}, {@code dict_load} and {@code conv_time}.
 */
@NullMarked
package dev.mailservice.maincf;

import org.jspecify.annotations.NullMarked;
