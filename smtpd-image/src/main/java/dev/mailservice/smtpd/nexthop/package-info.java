/**
 * Where mail goes: the next hop that {@code smtpd_proxy_filter} names, and one transaction with it.
 *
 * <p>Blocking I/O, meant for virtual threads. Depends on {@code protocol} for replies and on {@code
 * table} for addresses. Called by {@code session}. Follows Postfix's SMTPD_PROXY_README: commands
 * and replies pass through while the client speaks, and whatever goes wrong with the next hop is
 * {@code 451 4.3.0} for the client.
 */
@NullMarked
package dev.mailservice.smtpd.nexthop;

import org.jspecify.annotations.NullMarked;
