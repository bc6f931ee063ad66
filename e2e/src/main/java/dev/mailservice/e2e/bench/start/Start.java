package dev.mailservice.e2e.bench.start;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.Section;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.bench.side.FreePort;
import dev.mailservice.e2e.bench.side.PostfixServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A container's start to its first banner, beside a core that is busy with something else. */
public final class Start implements Section {
  private static final double MEGABYTE = 1e6;
  private static final String MAIN_CF =
      """
      compatibility_level = 3.6
      myhostname = mx.example.test
      mydestination = example.test
      smtpd_relay_restrictions = reject_unauth_destination
      smtpd_peername_lookup = no
      smtpd_banner = $myhostname ESMTP${stress? (condition RED)}
      smtpd_timeout = ${stress?5}${stress:300}
      smtpd_proxy_filter = 127.0.0.1:10025
      inet_protocols = ipv4
      default_process_limit = 100
      """;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String description() {
    return "a container's start to its first banner beside a busy core, and the image's size";
  }

  @Override
  public SectionReport measure(BenchPlan plan) throws IOException, InterruptedException {
    int starts = plan.runs(5, 15);
    Path tar = plan.project().resolve("smtpd-image/target/jib-image.tar");
    List<Double> created = new ArrayList<>();
    List<Double> cached = new ArrayList<>();
    List<Double> uncached = new ArrayList<>();
    List<Double> postfix = new ArrayList<>();
    double unpacked;
    try (UnpackedImage image = UnpackedImage.of(tar, MAIN_CF);
        BusyCore busy = BusyCore.start()) {
      unpacked = image.bytes() / MEGABYTE;
      // The first of each reads its files from the disk.
      for (int i = 0; i <= starts; i++) {
        plan.progress().accept("start %d of %d".formatted(i, starts));
        UnpackedImage.Times withCache = container(image, true);
        UnpackedImage.Times withoutCache = container(image, false);
        double master = postfix(plan.project());
        if (i > 0) {
          created.add(withCache.create());
          cached.add(withCache.banner());
          uncached.add(withoutCache.banner());
          postfix.add(master);
        }
      }
    }
    return new SectionReport(
        name(),
        description(),
        List.of(
            "From the start (runc start; the command of Postfix's master) to the 220 that a client"
                + " gets who tries every two milliseconds. What a runtime does before, whatever"
                + " the image, is told apart (runc create).",
            "The image is unpacked before and its files are in memory; the container shares the"
                + " network and has its other namespaces.",
            "Postfix is a plain process, with the 20 ms between two looks whether it listens, and"
                + " the making of its folders, in its time.",
            "One thread keeps a core busy all the time."),
        List.of(
            Row.of("container's start to first banner", "ms", cached, postfix, Floor.atMost(150)),
            Row.of("the same without the AOT cache", "ms", uncached, postfix, null),
            Row.of("making the container before, with any image", "ms", created, List.of(), null),
            Row.of(
                "image, compressed",
                "MB",
                List.of(Files.size(tar) / MEGABYTE),
                List.of(),
                Floor.atMost(60)),
            Row.of("image, unpacked", "MB", List.of(unpacked), List.of(), null)),
        List.of(),
        List.of(
            Map.of(
                "create",
                created,
                "withCache",
                cached,
                "withoutCache",
                uncached,
                "postfix",
                postfix)));
  }

  private static UnpackedImage.Times container(UnpackedImage image, boolean withCache)
      throws IOException, InterruptedException {
    return image.start(FreePort.find(), FreePort.find(), withCache);
  }

  private static double postfix(Path project) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (PostfixServer server = PostfixServer.start(project, MAIN_CF)) {
      FirstBanner.await(server.address());
      return (System.nanoTime() - begin) / 1e6;
    }
  }
}
