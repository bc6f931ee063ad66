package dev.mailservice.smtpd.nexthop;

import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import java.io.IOException;
import java.time.Duration;

/** The next hop itself; goes when whoever wires the parts takes that. */
public record NextHopDelivery(NextHop nextHop) implements Delivery {
  @Override
  public String description() {
    return nextHop.description();
  }

  @Override
  public DeliveryTransaction open(Origin origin, Duration patience) throws IOException {
    return nextHop.open(origin, patience);
  }
}
