/**
 * What parameters there are.
 *
 * <p>{@link dev.mailservice.maincf.parameters.SmtpdParameters} joins all that Postfix's SMTP server
 * reads, each declared in the file of its section of smtpd(8) with name, type, bounds, default,
 * version and meaning, and with what this server does about it. {@link
 * dev.mailservice.maincf.parameters.PostfixParameters} knows the names and defaults of all others,
 * and {@link dev.mailservice.maincf.parameters.DefaultDifference} where a default here is not
 * Postfix 3.7's.
 *
 * <p>Depends on the language alone, {@link dev.mailservice.maincf}, which does not depend on this
 * package; the server, the operator and their commands call it. A declaration costs next to nothing
 * to load: no parsing and no regular expression.
 */
@NullMarked
package dev.mailservice.maincf.parameters;

import org.jspecify.annotations.NullMarked;
