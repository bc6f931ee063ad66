package dev.mailservice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.cluster.OnRealCluster;
import dev.mailservice.e2e.flood.FloodEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image as a plain container, started as {@code docs/alone.md} says. There is no Kubernetes
 * about it, but the local cluster brings the runtime that it is run by.
 */
@OnRealCluster
class PlainContainerIT {
  private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
  private static final int NONROOT = 65532;

  @TempDir private Path folder;

  @Test
  void aContainerTakesMailWhileIdleClientsHoldAllItsSlots() throws Exception {
    DocumentedContainer documented = DocumentedContainer.of(ROOT.resolve("docs/alone.md"));
    assertThat(documented.arguments()).containsSequence("--listen", "[::]:2525");
    assertThat(documented.published()).containsExactly(2525, 8080);
    assertThat(documented.stopTimeoutSeconds())
        .as("longer than a drain may take, 30 s unless told otherwise")
        .isGreaterThan(30);
    assertThat(documented.volumes()).containsOnlyKeys("/etc/postfix", "/srv/mail");
    Path mailbox = Files.createDirectories(folder.resolve("mail/user"));
    for (Path owned : List.of(mailbox, mailbox.getParent())) {
      Files.setAttribute(owned, "unix:uid", NONROOT);
      Files.setAttribute(owned, "unix:gid", NONROOT);
    }
    Path files = Files.createDirectory(folder.resolve("container"));
    var more = new ArrayList<>(IdleFlood.serverOptions());
    more.addAll(List.of("--drain-timeout", "1s"));
    try (PlainContainer container =
        PlainContainer.run(
            ROOT.resolve("smtpd-image/target/jib-image.tar"),
            files,
            here(documented, mailbox.getParent()),
            more)) {
      container.awaitLog("started: ");
      FloodEvent.Summary flood = IdleFlood.against("127.0.0.1:2525", container.inItsNetwork());
      assertThat(flood.flood().offered()).isPositive();
      assertThat(flood.total().share()).as("share of good mail").isEqualTo(1);
      assertThat(flood.onsetToFirstStressedBannerS()).isNotNull();
      try (Stream<Path> mails = Files.list(mailbox.resolve("new"))) {
        assertThat(mails).hasSize((int) flood.total().accepted());
      }
      assertThat(container.stop(documented.stopTimeoutSeconds())).isZero();
    }
  }

  /** The same with folders of this test in place of the host's. */
  private static DocumentedContainer here(DocumentedContainer documented, Path spool) {
    var volumes = new LinkedHashMap<>(documented.volumes());
    volumes.computeIfPresent(
        "/etc/postfix",
        (place, it) ->
            new DocumentedContainer.Volume(
                ROOT.resolve("examples/alone/maildir").toAbsolutePath().normalize(),
                it.readOnly()));
    volumes.computeIfPresent(
        "/srv/mail", (place, it) -> new DocumentedContainer.Volume(spool, it.readOnly()));
    return new DocumentedContainer(
        documented.image(),
        documented.readOnly(),
        documented.noNewPrivileges(),
        documented.dropsCapabilities(),
        documented.stopTimeoutSeconds(),
        documented.temporary(),
        volumes,
        documented.published(),
        documented.arguments());
  }
}
