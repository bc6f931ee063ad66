/**
 * The PROXY protocol, by which a load balancer says whose connection it hands on: {@code
 * smtpd_upstream_proxy_protocol = haproxy}. Follows the specification proxy-protocol.txt of
 * HAProxy, versions 1 and 2. Called by {@code session} before anything else is read; depends on
 * {@code protocol} for how bytes are shown in the log.
 */
@NullMarked
package dev.mailservice.smtpd.haproxy;

import org.jspecify.annotations.NullMarked;
