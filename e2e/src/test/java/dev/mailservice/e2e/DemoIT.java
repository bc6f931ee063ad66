package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.cluster.OnRealCluster;
import dev.mailservice.e2e.demo.Installation;
import dev.mailservice.e2e.demo.LocalCluster;
import dev.mailservice.e2e.demo.Summary;
import dev.mailservice.e2e.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as those run it who have a cluster: everything in pods, by the name of a context. */
@OnRealCluster
class DemoIT {
  private static final Path ROOT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

  @TempDir private Path folder;

  @BeforeAll
  static void removeWhatAnEarlierRunHasLeft(LocalCluster cluster) throws InterruptedException {
    var installation = new Installation(ROOT, cluster);
    if (installation.isPresent()) {
      installation.remove();
    }
  }

  @Test
  void showsAFloodOnAClusterThatIsGivenByItsContext() throws IOException, InterruptedException {
    Path summary = folder.resolve("summary.json");
    Path chart = folder.resolve("chart.html");
    Path output = ROOT.resolve("e2e/target/DemoIT.log");

    int status =
        demo(
            output,
            List.of(
                "--context",
                "mailservice",
                "--load-command",
                "e2e/cluster load {}",
                "--seconds",
                "20",
                "--revert-after",
                "10",
                "--summary",
                summary.toString(),
                "--chart",
                chart.toString()));

    String said = Files.readString(output);
    assertThat(status).as(said).isZero();
    assertThat(said)
        .contains("operator is installed with Helm", "the flood begins", "Chart: " + chart)
        .contains("operator, demo and their namespaces are removed");
    Summary numbers = Json.mapper().readValue(summary.toFile(), Summary.class);
    assertThat(numbers.onsetToPatchS()).as("stress was turned on").isNotNull();
    assertThat(numbers.goodAccepted()).isPositive();
    assertThat(numbers.acknowledgedLost()).isZero();
    assertThat(numbers.reverted()).isTrue();
    assertThat(chart).content().contains("</html>");
  }

  /** With kubectl, helm and the kubeconfig at hand, as they are for those who have a cluster. */
  private static int demo(Path output, List<String> arguments)
      throws IOException, InterruptedException {
    Path e2e = ROOT.resolve("e2e");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                e2e.resolve("target/classes") + ":" + e2e.resolve("target/lib") + "/*",
                "dev.mailservice.e2e.demo.Demo",
                "--root",
                ROOT.toString(),
                // The images are there, and a build would pull the classes from under this test.
                "--no-build"));
    command.addAll(arguments);
    ProcessBuilder demo =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    demo.environment().put("PATH", inCluster("echo $PATH"));
    demo.environment().put("KUBECONFIG", inCluster("echo $KUBECONFIG"));
    return demo.start().waitFor();
  }

  private static String inCluster(String command) throws IOException {
    Process shell =
        new ProcessBuilder(ROOT.resolve("e2e/cluster").toString(), "run", "sh", "-c", command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return shell.inputReader().readAllAsString().strip();
  }
}
