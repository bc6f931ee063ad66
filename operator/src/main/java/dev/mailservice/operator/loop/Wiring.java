package dev.mailservice.operator.loop;

import dev.mailservice.operator.apply.Rendering;
import dev.mailservice.operator.apply.ServerSideApply;
import dev.mailservice.operator.gather.Gatherer;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes what needs settings, and the one clock of this process. */
@ApplicationScoped
class Wiring {
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Identity identity(OperatorSettings settings) {
    @Nullable String host = System.getenv("HOSTNAME");
    return new Identity(
        settings
            .identity()
            .or(() -> Optional.ofNullable(host))
            .orElseGet(() -> UUID.randomUUID().toString()));
  }

  @Produces
  @Singleton
  Rendering rendering(OperatorSettings settings) {
    return new Rendering(settings.smtpdImage());
  }

  @Produces
  @Singleton
  ServerSideApply serverSideApply() {
    return new ServerSideApply();
  }

  @Produces
  @Singleton
  Gatherer gatherer(OperatorSettings settings, Identity identity, MeterRegistry meters) {
    return new Gatherer(identity.name(), settings.scrapeTimeout(), meters);
  }

  void close(@Disposes Gatherer gatherer) {
    gatherer.close();
  }
}
