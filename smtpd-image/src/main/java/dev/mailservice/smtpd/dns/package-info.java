/**
 * The Domain Name System, for restrictions and for the names of clients. {@link
 * dev.mailservice.smtpd.dns.Resolver} is all that others know.
 */
@NullMarked
package dev.mailservice.smtpd.dns;

import org.jspecify.annotations.NullMarked;
