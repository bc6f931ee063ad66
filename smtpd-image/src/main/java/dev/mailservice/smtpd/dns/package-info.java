/**
 * The Domain Name System, for restrictions and for the names of clients. {@link
 * dev.mailservice.smtpd.dns.Resolver} is all that others know. Depends on {@code protocol} for what
 * a name looks like.
 */
@NullMarked
package dev.mailservice.smtpd.dns;

import org.jspecify.annotations.NullMarked;
