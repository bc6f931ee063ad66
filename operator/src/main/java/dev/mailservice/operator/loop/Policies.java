package dev.mailservice.operator.loop;

import dev.mailservice.operator.api.MailServiceSpec;
import dev.mailservice.operator.api.ScalingSpec;
import dev.mailservice.operator.decision.Policy;
import dev.mailservice.operator.decision.Scaling;
import dev.mailservice.operator.decision.StressRule;
import java.time.Duration;

/** Says in the decision's terms what a user wrote. */
final class Policies {
  private Policies() {}

  static Policy of(MailServiceSpec spec) {
    return new Policy(
        spec.processLimit(),
        scaling(spec),
        switch (spec.stress().mode()) {
          case AUTO -> StressRule.WHEN_SATURATED;
          case ON -> StressRule.ALWAYS;
          case OFF -> StressRule.NEVER;
        },
        Duration.ofSeconds(spec.stress().revertAfterSeconds()),
        spec.stress().saturatedPodsPercent(),
        spec.stress().busyPercent());
  }

  private static Scaling scaling(MailServiceSpec spec) {
    ScalingSpec scaling = spec.scaling();
    return switch (scaling.mode()) {
      case OFF -> new Scaling.Fixed(spec.replicas());
      case AUTO ->
          new Scaling.Automatic(
              scaling.minReplicas(),
              scaling.maxReplicas(),
              scaling.targetBusyPercent(),
              Duration.ofSeconds(scaling.stabilizationWindowSeconds()));
    };
  }
}
