/**
 * What the server tells about itself over HTTP: {@code /metrics}, {@code /livez}, {@code /readyz},
 * the image contract's second half.
 *
 * <p>Reads {@code slots} and counts {@code session}'s events; nothing here changes the server.
 */
@NullMarked
package dev.mailservice.smtpd.admin;

import org.jspecify.annotations.NullMarked;
