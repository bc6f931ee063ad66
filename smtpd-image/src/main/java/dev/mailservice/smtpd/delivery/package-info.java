/**
 * Where accepted mail goes. {@link dev.mailservice.smtpd.delivery.Delivery} is all that a session
 * knows; {@code nexthop} and {@code maildir} implement it. A message is acknowledged to the client
 * only with the reply that {@link dev.mailservice.smtpd.delivery.DeliveryTransaction#end} returned.
 */
@NullMarked
package dev.mailservice.smtpd.delivery;

import org.jspecify.annotations.NullMarked;
