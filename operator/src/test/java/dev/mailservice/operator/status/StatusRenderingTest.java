package dev.mailservice.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.operator.api.MailService;
import dev.mailservice.operator.api.MailServiceStatus;
import dev.mailservice.operator.cluster.Fleet;
import dev.mailservice.operator.decision.FleetState;
import dev.mailservice.operator.decision.Metrics;
import dev.mailservice.operator.decision.Reason;
import dev.mailservice.operator.decision.Stress;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusRenderingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.250Z");
  private static final FleetState CALM = FleetState.begin(1, null, null);
  private static final FleetState STRESSED =
      FleetState.begin(2, new Stress(NOW, NOW.plusSeconds(1000), Reason.LAST_SLOT_TAKEN), null);

  private final MailService mailService = new MailService();

  StatusRenderingTest() {
    mailService.getMetadata().setName("mx");
    mailService.getMetadata().setGeneration(3L);
  }

  @Test
  void every_condition_is_there_exactly_once() {
    MailServiceStatus status = render(CALM, fleet(ready("a")), Obstacles.NONE);

    assertThat(status.conditionsOrEmpty())
        .extracting(Condition::getType)
        .containsExactly("Ready", "Stressed", "MetricsAvailable", "ConfigValid");
    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.readyReplicas()).isEqualTo(1);
    assertThat(status.selector())
        .isEqualTo(
            "app.kubernetes.io/instance=mx,app.kubernetes.io/managed-by=mailservice-operator,"
                + "app.kubernetes.io/name=smtpd");
  }

  @Test
  void nothing_new_is_the_same_status_at_any_later_time() {
    MailServiceStatus first = render(STRESSED, fleet(ready("a")), Obstacles.NONE);
    mailService.setStatus(first);

    assertThat(
            StatusRendering.render(
                mailService,
                STRESSED,
                Metrics.AVAILABLE,
                fleet(ready("a")),
                Obstacles.NONE,
                NOW.plusSeconds(500)))
        .isEqualTo(first);
  }

  @Test
  void the_time_of_a_transition_is_that_of_the_transition() {
    mailService.setStatus(render(CALM, fleet(ready("a")), Obstacles.NONE));

    MailServiceStatus later =
        StatusRendering.render(
            mailService,
            STRESSED,
            Metrics.AVAILABLE,
            fleet(ready("a")),
            Obstacles.NONE,
            NOW.plusSeconds(60));

    assertThat(condition(later, "Ready").getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(condition(later, "Stressed").getLastTransitionTime())
        .isEqualTo("2026-01-01T00:01:00Z");
  }

  @Test
  void stress_is_told_with_milliseconds_and_until_is_stored_ahead() {
    MailServiceStatus status = render(STRESSED, fleet(ready("a")), Obstacles.NONE);

    assertThat(status.stress().since()).isEqualTo("2026-01-01T00:00:00.250Z");
    assertThat(status.stress().until()).isEqualTo("2026-01-01T00:17:12.250Z");
    assertThat(status.stress().reason()).isEqualTo("LastSlotTaken");
    assertThat(condition(status, "Stressed").getReason()).isEqualTo("LastSlotTaken");
  }

  @Test
  void stress_that_was_asked_for_names_no_time() {
    FleetState asked = FleetState.begin(1, new Stress(NOW, null, Reason.STRESS_REQUESTED), null);

    MailServiceStatus status = render(asked, fleet(ready("a")), Obstacles.NONE);

    assertThat(status.stress().until()).isNull();
    assertThat(condition(status, "Stressed").getMessage())
        .isEqualTo("spec.stress.mode is On; pods run with stress=yes until that is changed");
  }

  @Test
  void an_image_that_does_not_exist_is_told_in_the_kubelets_words() {
    Pod pod =
        new PodBuilder(ready("mx-1"))
            .editStatus()
            .withConditions(List.of())
            .addNewContainerStatus()
            .withImage("mailservice/none:1")
            .withNewState()
            .withNewWaiting()
            .withReason("ImagePullBackOff")
            .withMessage("Back-off pulling image")
            .endWaiting()
            .endState()
            .endContainerStatus()
            .endStatus()
            .build();

    Condition ready = condition(render(CALM, fleet(pod), Obstacles.NONE), "Ready");

    assertThat(ready.getStatus()).isEqualTo("False");
    assertThat(ready.getReason()).isEqualTo("ImagePullFailed");
    assertThat(ready.getMessage())
        .isEqualTo(
            "pod mx-1: ImagePullBackOff for image mailservice/none:1: Back-off pulling image");
  }

  @Test
  void a_container_that_ends_is_told_with_its_exit_status() {
    Pod pod =
        new PodBuilder(ready("mx-1"))
            .editStatus()
            .withConditions(List.of())
            .addNewContainerStatus()
            .withNewState()
            .withNewWaiting()
            .withReason("CrashLoopBackOff")
            .withMessage("back-off 10s")
            .endWaiting()
            .endState()
            .withNewLastState()
            .withNewTerminated()
            .withExitCode(1)
            .withReason("Error")
            .endTerminated()
            .endLastState()
            .endContainerStatus()
            .endStatus()
            .build();

    Condition ready = condition(render(CALM, fleet(pod, ready("mx-2")), Obstacles.NONE), "Ready");

    assertThat(ready.getReason()).isEqualTo("ContainerFailed");
    assertThat(ready.getMessage())
        .contains("exit status 1 (Error)", "(1 other pods accept clients)");
  }

  @Test
  void a_pod_that_finds_no_node_is_told_in_the_schedulers_words() {
    Pod pod =
        new PodBuilder(ready("mx-1"))
            .editStatus()
            .withConditions(List.of())
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/1 nodes are available: 1 Insufficient cpu.")
            .endCondition()
            .endStatus()
            .build();

    assertThat(condition(render(CALM, fleet(pod), Obstacles.NONE), "Ready").getMessage())
        .isEqualTo("pod mx-1: 0/1 nodes are available: 1 Insufficient cpu.");
  }

  @Test
  void a_quota_that_refuses_pods_is_told() {
    Fleet fleet =
        new Fleet(
            Optional.of(
                new DeploymentBuilder()
                    .withNewStatus()
                    .addNewCondition()
                    .withType("ReplicaFailure")
                    .withStatus("True")
                    .withMessage("exceeded quota: small")
                    .endCondition()
                    .endStatus()
                    .build()),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of());

    Condition ready = condition(render(CALM, fleet, Obstacles.NONE), "Ready");

    assertThat(ready.getReason()).isEqualTo("PodsRefused");
    assertThat(ready.getMessage()).isEqualTo("exceeded quota: small");
  }

  @Test
  void a_broken_configuration_and_a_taken_name_are_told() {
    var obstacles = new Obstacles(Optional.of("main.cf, line 2: oh"), Optional.of("Service mx"));

    MailServiceStatus status = render(CALM, Fleet.NONE, obstacles);

    assertThat(condition(status, "ConfigValid").getMessage()).startsWith("main.cf, line 2: oh");
    assertThat(condition(status, "Ready").getReason()).isEqualTo("NameTaken");
    assertThat(
            condition(
                    render(CALM, Fleet.NONE, new Obstacles(Optional.of("oh"), Optional.empty())),
                    "Ready")
                .getReason())
        .isEqualTo("ConfigInvalid");
  }

  @Test
  void missing_metrics_are_told_apart() {
    assertThat(metrics(Metrics.NO_ANSWER).getReason()).isEqualTo("NoPodAnswers");
    assertThat(metrics(Metrics.NO_POD).getReason()).isEqualTo("NoPodServes");
    assertThat(metrics(Metrics.AVAILABLE).getStatus()).isEqualTo("True");
  }

  private Condition metrics(Metrics metrics) {
    return condition(
        StatusRendering.render(mailService, CALM, metrics, Fleet.NONE, Obstacles.NONE, NOW),
        "MetricsAvailable");
  }

  private MailServiceStatus render(FleetState state, Fleet fleet, Obstacles obstacles) {
    return StatusRendering.render(mailService, state, Metrics.AVAILABLE, fleet, obstacles, NOW);
  }

  private static Condition condition(MailServiceStatus status, String type) {
    return status.conditionsOrEmpty().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private static Fleet fleet(Pod... pods) {
    return new Fleet(Optional.empty(), List.of(), List.of(pods), Optional.empty(), List.of());
  }

  private static Pod ready(String name) {
    @Nullable String none = null;
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withDeletionTimestamp(none)
        .endMetadata()
        .withNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }
}
