/**
 * Who may do what: the restrictions of {@code main.cf}, asked at each step of a session.
 *
 * <p>{@link dev.mailservice.smtpd.access.SessionRestrictions} is what a session sees: it asks the
 * lists in Postfix's order and keeps what is doubtful. {@code RestrictionChecks} says which name of
 * the language does what; the checks themselves are a few lines each, by what they look at: {@code
 * ClientChecks}, {@code HeloChecks}, {@code AddressChecks}, {@code ServerAccess}, {@code DnsList}.
 * {@code AccessTable} and {@code AccessAction} are access(5). An {@code Evaluation} is the course
 * of one list over one {@link dev.mailservice.smtpd.access.Inquiry}.
 *
 * <p>Decides and does no input or output of its own: tables, the Domain Name System and policy
 * servers are behind interfaces. Depends on {@code protocol} for replies and the shape of names, on
 * {@code client} and {@code dns}, and on {@code dev.mailservice.maincf} for the language. Called by
 * {@code session}. Follows Postfix's SMTPD_ACCESS_README, access(5), ADDRESS_CLASS_README and
 * postconf(5).
 */
@NullMarked
package dev.mailservice.smtpd.access;

import org.jspecify.annotations.NullMarked;
