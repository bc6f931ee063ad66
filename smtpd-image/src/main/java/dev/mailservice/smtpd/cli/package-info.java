/**
 * The commands beside the server, {@code smtpd postconf}, {@code smtpd check} and {@code smtpd
 * postmap}: arguments in, standard output, standard error and an exit status out.
 *
 * <p>What they say is made in {@code dev.mailservice.maincf.postconf} and {@code
 * dev.mailservice.maincf.table}; here are the files, the machine's name and the options. {@link
 * dev.mailservice.smtpd.Main} calls it, and loads no class of a command that nobody asked for.
 */
@NullMarked
package dev.mailservice.smtpd.cli;

import org.jspecify.annotations.NullMarked;
