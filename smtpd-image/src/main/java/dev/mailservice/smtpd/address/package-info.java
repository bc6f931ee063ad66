/**
 * What an address means: the user and the domain that are left when percent signs, bangs and local
 * domains are read as Postfix's trivial-rewrite(8) reads them.
 *
 * <p>Pure but for {@link dev.mailservice.smtpd.address.OwnAddresses}, which asks the machine for
 * its addresses once. Depends on {@code protocol} for the parts of an address and on {@code
 * dev.mailservice.maincf.table} for what a network address is. Called by {@code access}, and by
 * {@code session}, which wires it.
 */
@NullMarked
package dev.mailservice.smtpd.address;

import org.jspecify.annotations.NullMarked;
