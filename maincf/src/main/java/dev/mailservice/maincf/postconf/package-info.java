/**
 * What {@code smtpd postconf}, {@code smtpd check} and the reference of parameters are made of:
 * options and a file's text in, lines out.
 *
 * <p>{@link dev.mailservice.maincf.postconf.Postconf} prints what Postfix's postconf(1) prints. The
 * source it follows is that program's: {@code postconf_main}, {@code postconf_user}, {@code
 * postconf_lookup}, {@code postconf_unused} and {@code postconf_print}.
 *
 * <p>Depends on the language and the declared parameters; the server's command line calls it. It
 * reads no file and prints nothing itself.
 */
@NullMarked
package dev.mailservice.maincf.postconf;

import org.jspecify.annotations.NullMarked;
