package dev.mailservice.operator.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.operator.api.Labels;
import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.api.SchemaDefaults;
import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.decision.FleetState;
import dev.mailservice.operator.decision.Reason;
import dev.mailservice.operator.decision.Scaling;
import dev.mailservice.operator.decision.Stress;
import dev.mailservice.operator.decision.StressRule;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakeOverTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SINCE = "2025-12-31T23:50:00Z";

  @Test
  void a_new_mail_service_begins_with_its_fewest_pods_and_calm() throws IOException {
    FleetState state = takeOver("scaling: {minReplicas: 3}", "", Fleet.NONE);

    assertThat(state).isEqualTo(FleetState.begin(3, null, null));
  }

  @Test
  void replicas_that_somebody_else_owns_are_theirs() throws IOException {
    FleetState state = takeOver("scaling: {mode: \"Off\"}, replicas: 4", "", Fleet.NONE);

    assertThat(state.replicas()).isEqualTo(4);
  }

  @Test
  void what_the_last_leader_decided_goes_on() throws IOException {
    FleetState state =
        takeOver(
            "port: 25",
            "desiredReplicas: 4, stress: {active: true, since: \""
                + SINCE
                + "\", until: \"2026-01-01T00:10:00Z\", reason: SlotsBusy}",
            stressedFleetOf(2));

    assertThat(state.replicas()).isEqualTo(4);
    assertThat(state.stress())
        .isEqualTo(
            new Stress(
                Instant.parse(SINCE), Instant.parse("2026-01-01T00:10:00Z"), Reason.SLOTS_BUSY));
    assertThat(state.quietUntil()).isEqualTo(NOW.plusSeconds(1000));
  }

  @Test
  void stress_that_ran_out_meanwhile_is_looked_at_before_it_is_taken_back() throws IOException {
    FleetState state =
        takeOver(
            "port: 25",
            "desiredReplicas: 4, stress: {active: true, until: \"2025-12-31T23:59:00Z\"}",
            stressedFleetOf(4));

    assertThat(state.stress()).isEqualTo(new Stress(NOW, NOW.plusSeconds(30), Reason.STRESS_FOUND));
  }

  @Test
  void stressed_pods_without_a_record_are_stressed_from_now_on() throws IOException {
    FleetState state = takeOver("port: 25", "", stressedFleetOf(2));

    assertThat(state.replicas()).isEqualTo(2);
    assertThat(state.stress())
        .isEqualTo(new Stress(NOW, NOW.plusSeconds(1000), Reason.STRESS_FOUND));
  }

  @Test
  void stress_that_was_asked_for_has_no_end_of_its_own() throws IOException {
    FleetState state =
        takeOver(
            "stress: {mode: \"On\"}",
            "stress: {active: true, reason: StressRequested}",
            stressedFleetOf(1));

    assertThat(state.stress()).isEqualTo(new Stress(NOW, null, Reason.STRESS_REQUESTED));
  }

  @Test
  void what_a_user_writes_is_what_the_decision_reads() throws IOException {
    MailService mailService =
        mailService("stress: {mode: \"Off\", revertAfterSeconds: 7}, processLimit: 42", "");

    assertThat(Policies.of(mailService.getSpec()))
        .satisfies(
            policy -> {
              assertThat(policy.stressRule()).isEqualTo(StressRule.NEVER);
              assertThat(policy.revertAfter()).hasSeconds(7);
              assertThat(policy.processLimit()).isEqualTo(42);
              assertThat(policy.scaling()).isInstanceOf(Scaling.Automatic.class);
            });
  }

  private static FleetState takeOver(String spec, String status, Fleet fleet) throws IOException {
    MailService mailService = mailService(spec, status);
    return TakeOver.of(mailService, Policies.of(mailService.getSpec()), fleet, NOW);
  }

  private static MailService mailService(String spec, String status) throws IOException {
    return SchemaDefaults.read(
        """
        metadata: {name: mx, namespace: mail}
        spec: {mainCf: "smtpd_proxy_filter = a:1", %s}
        status: {%s}
        """
            .formatted(spec, status));
  }

  private static Fleet stressedFleetOf(int replicas) {
    return new Fleet(
        Optional.of(
            new DeploymentBuilder()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels(Labels.STRESS, "yes")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build()),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of());
  }
}
