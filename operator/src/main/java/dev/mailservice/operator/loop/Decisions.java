package dev.mailservice.operator.loop;

import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.decision.Decision;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last decision of every MailService: written by the loop, read by the reconciler. Thread-safe.
 */
@ApplicationScoped
public class Decisions {
  /**
   * A decision and when it was made.
   *
   * @param uid of the MailService, which one of the same name made later does not inherit from
   */
  record Made(String uid, Decision decision, Instant at) {}

  private final Map<ResourceID, Made> made = new ConcurrentHashMap<>();

  /** The last decision for {@code mailService}, if there is one since this process leads. */
  Optional<Made> last(MailService mailService) {
    @Nullable Made last = made.get(ResourceID.fromResource(mailService));
    return Optional.ofNullable(last)
        .filter(found -> found.uid.equals(mailService.getMetadata().getUid()));
  }

  void put(MailService mailService, Decision decision, Instant at) {
    made.put(
        ResourceID.fromResource(mailService),
        new Made(mailService.getMetadata().getUid(), decision, at));
  }

  /** Forgets all but {@code present}. */
  void keepOnly(Set<ResourceID> present) {
    made.keySet().retainAll(present);
  }

  /** Forgets all: somebody else leads now. */
  void clear() {
    made.clear();
  }
}
