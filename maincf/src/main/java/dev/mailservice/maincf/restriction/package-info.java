/**
 * The language of access restrictions: what {@code smtpd_recipient_restrictions} and its siblings,
 * restriction classes and access(5) tables may say.
 *
 * <p>{@link dev.mailservice.maincf.restriction.RestrictionName} is the list of all restrictions
 * with what each wants to have said behind it, {@link
 * dev.mailservice.maincf.restriction.RestrictionList} reads a list of them. What a restriction does
 * is not known here. Depends on the language alone, {@link dev.mailservice.maincf}; the server
 * evaluates what is read here, and the check of a configuration refuses what cannot be read.
 * Follows Postfix's SMTPD_ACCESS_README and postconf(5).
 */
@NullMarked
package dev.mailservice.maincf.restriction;

import org.jspecify.annotations.NullMarked;
