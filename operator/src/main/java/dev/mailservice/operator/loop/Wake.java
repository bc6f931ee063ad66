package dev.mailservice.operator.loop;

import dev.mailservice.operator.api.MailService;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.enterprise.context.ApplicationScoped;

/** The event source through which the loop wakes the reconciler. */
@ApplicationScoped
public class Wake {
  private final SimpleInboundEventSource<MailService> eventSource =
      new SimpleInboundEventSource<>("decisions");

  /** To be registered with the controller. */
  SimpleInboundEventSource<MailService> eventSource() {
    return eventSource;
  }

  /** Has {@code mailService} reconciled soon. */
  void reconcilerOf(MailService mailService) {
    eventSource.propagateEvent(ResourceID.fromResource(mailService));
  }
}
