package dev.mailservice.e2e.roll;

import dev.mailservice.e2e.demo.Installation;
import dev.mailservice.e2e.demo.LocalCluster;
import dev.mailservice.e2e.demo.RunningFlood;
import dev.mailservice.e2e.demo.StepFailed;
import dev.mailservice.e2e.flood.FloodEvent;
import dev.mailservice.e2e.flood.JsonReport;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rolls the demo's fleet again and again under a flood and good mail. The installation is there
 * before, and stays.
 */
public final class Rolls {
  private static final int SLOTS = 20;
  private static final int HOGS = 60;
  private static final int GOOD_PER_SECOND = 10;
  private static final int PATIENCE_SECONDS = 60;

  /** The shortest that there is time for: who waits has least time to be heard. */
  private static final int DRAIN_SECONDS = 10;

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration ROLL_PATIENCE = Duration.ofSeconds(120);
  private static final Duration FLOOD_BEFORE = Duration.ofSeconds(4);

  private final LocalCluster cluster;
  private final long seed;
  private final int pods;
  private final Consumer<String> progress;
  private final Fates fates = new Fates();

  /**
   * @param seed of good mail's arrivals
   * @param pods how many the fleet has
   * @param progress is told of each roll, a line at a time
   */
  public Rolls(LocalCluster cluster, long seed, int pods, Consumer<String> progress) {
    this.cluster = cluster;
    this.seed = seed;
    this.pods = pods;
    this.progress = progress;
  }

  /** Is told each roll's result as soon as it is known. */
  public interface Listener {
    /** A roll is over. */
    void rolled(RollResult result) throws IOException;
  }

  /**
   * What was acknowledged and is not in the next hop's ledger, over all rolls.
   *
   * @param acknowledged how many mails were told 250
   * @param lost Message-IDs
   */
  public record Ledger(int acknowledged, Set<String> lost) {}

  /**
   * Rolls.
   *
   * @param numbers of the rolls
   * @param end no roll begins after this
   * @throws StepFailed if a roll does not come to its end, or the flood ends
   */
  public Ledger run(List<Integer> numbers, Instant end, Listener listener)
      throws InterruptedException, IOException {
    prepare(Change.ofRoll(numbers.getFirst()));
    try (KubernetesClient client = cluster.client();
        RunningFlood flood =
            cluster.flood(
                client,
                Installation.NAMESPACE,
                Installation.NAME,
                Installation.PORT,
                floodArguments())) {
      Thread reader = Thread.startVirtualThread(() -> follow(flood));
      awaitPods(client, pods);
      Thread.sleep(FLOOD_BEFORE);
      RollResult open = null;
      Set<String> seen = endingPods(client);
      for (int number : numbers) {
        if (Clock.systemUTC().instant().isAfter(end)) {
          break;
        }
        if (!reader.isAlive()) {
          throw new StepFailed("the flood has ended");
        }
        open = close(client, open, listener);
        open = roll(client, number, seen);
      }
      awaitNoDrain(client);
      flood.stop();
      reader.join();
      close(client, open, listener);
      Set<String> lost = new HashSet<>(fates.acknowledged());
      lost.removeAll(Installation.ledger(client).messages().keySet());
      return new Ledger(fates.acknowledged().size(), lost);
    }
  }

  /** A fleet that the first roll will change. */
  private void prepare(Change first) throws InterruptedException {
    patch(
        """
        {"spec":{"processLimit":%d,"mainCf":"%s","drain":{"timeoutSeconds":%d},\
        "scaling":{"minReplicas":%d,"maxReplicas":%d},"stress":{"mode":"%s"}}}\
        """
            .formatted(
                SLOTS,
                Change.json(Change.mainCf(-1)),
                DRAIN_SECONDS,
                pods,
                pods,
                first == Change.STRESS_ON ? "Off" : "On"));
  }

  private List<String> floodArguments() {
    return List.of(
        "--json",
        "--hogs",
        String.valueOf(HOGS),
        "--kind",
        "mix",
        "--good",
        String.valueOf(GOOD_PER_SECOND),
        "--patience",
        String.valueOf(PATIENCE_SECONDS),
        "--calm",
        "1",
        "--seconds",
        "86400",
        "--seed",
        String.valueOf(seed));
  }

  private void follow(RunningFlood flood) {
    try (BufferedReader lines = flood.events()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{") && JsonReport.parse(line) instanceof FloodEvent.Mail mail) {
          fates.add(mail);
        }
      }
    } catch (IOException broken) {
      progress.accept("the flood's report broke off: " + broken.getMessage());
    }
  }

  /** A roll's mail is counted until the next one begins. */
  private @Nullable RollResult close(
      KubernetesClient client, @Nullable RollResult open, Listener listener) throws IOException {
    Fates.Counted counted = fates.drain();
    if (open == null) {
      if (!counted.strangers().isEmpty()) {
        progress.accept("before the first roll: " + counted);
      }
      return null;
    }
    var result =
        new RollResult(
            open.seed(),
            open.number(),
            open.change(),
            open.at(),
            open.seconds(),
            open.podsEnded(),
            counted.counts(),
            counted.strangers());
    progress.accept(
        "roll %d (%s): %.1f s, %d pods ended, %s"
            .formatted(
                result.number(),
                result.change(),
                result.seconds(),
                result.podsEnded(),
                result.mails()));
    if (!result.strangers().isEmpty()) {
      result.strangers().forEach(it -> progress.accept("  " + it));
      tellEvents(client);
    }
    listener.rolled(result);
    return null;
  }

  /** What the cluster has to say about the fleet's pods, for whoever looks for the reason. */
  private void tellEvents(KubernetesClient client) {
    for (Event event : client.v1().events().inNamespace(Installation.NAMESPACE).list().getItems()) {
      if ("Pod".equals(event.getInvolvedObject().getKind())) {
        progress.accept(
            "  event: %s to %s, %s times, %s: %s %s"
                .formatted(
                    event.getFirstTimestamp(),
                    event.getLastTimestamp(),
                    event.getCount(),
                    event.getInvolvedObject().getName(),
                    event.getReason(),
                    event.getMessage()));
      }
    }
  }

  private RollResult roll(KubernetesClient client, int number, Set<String> seen)
      throws InterruptedException {
    Change change = Change.ofRoll(number);
    PodTemplateSpec before = deployment(client).getSpec().getTemplate();
    Instant start = Clock.systemUTC().instant();
    patch(change.patch(number));
    await(
        "roll " + number,
        () -> {
          Deployment now = deployment(client);
          return !now.getSpec().getTemplate().equals(before) && isRolledOut(now);
        });
    double seconds = Duration.between(start, Clock.systemUTC().instant()).toMillis() / 1000.0;
    Set<String> ending = endingPods(client);
    ending.removeAll(seen);
    seen.addAll(ending);
    // Two generations of old pods at a time, or the machine is busy with nothing but pods.
    await("drains", () -> endingPods(client).size() <= 2 * pods);
    return new RollResult(seed, number, change, start, seconds, ending.size(), Map.of(), List.of());
  }

  private void patch(String json) throws InterruptedException {
    cluster.kubectl(
        "patch",
        "mailservice",
        Installation.NAME,
        "-n",
        Installation.NAMESPACE,
        "--type=merge",
        "-p",
        json);
  }

  private static Deployment deployment(KubernetesClient client) {
    return client
        .apps()
        .deployments()
        .inNamespace(Installation.NAMESPACE)
        .withName(Installation.NAME)
        .get();
  }

  private static boolean isRolledOut(Deployment deployment) {
    int wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    DeploymentStatus status = deployment.getStatus();
    return Objects.equals(status.getObservedGeneration(), deployment.getMetadata().getGeneration())
        && Objects.requireNonNullElse(status.getReplicas(), 0) == wanted
        && Objects.requireNonNullElse(status.getUpdatedReplicas(), 0) == wanted
        && Objects.requireNonNullElse(status.getReadyReplicas(), 0) == wanted;
  }

  private static List<Pod> pods(KubernetesClient client) {
    return client
        .pods()
        .inNamespace(Installation.NAMESPACE)
        .withLabel("app.kubernetes.io/instance", Installation.NAME)
        .list()
        .getItems();
  }

  private static Set<String> endingPods(KubernetesClient client) {
    var names = new HashSet<String>();
    for (Pod pod : pods(client)) {
      if (pod.getMetadata().getDeletionTimestamp() != null) {
        names.add(pod.getMetadata().getName());
      }
    }
    return names;
  }

  private void awaitPods(KubernetesClient client, int pods) throws InterruptedException {
    await(
        pods + " pods",
        () -> {
          Deployment now = deployment(client);
          return now.getSpec().getReplicas() == pods && isRolledOut(now);
        });
  }

  private void awaitNoDrain(KubernetesClient client) throws InterruptedException {
    await("the last drains", () -> endingPods(client).isEmpty());
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + ROLL_PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new StepFailed(
            "%s did not come to an end within %d s".formatted(what, ROLL_PATIENCE.toSeconds()));
      }
      Thread.sleep(LOOK);
    }
  }
}
