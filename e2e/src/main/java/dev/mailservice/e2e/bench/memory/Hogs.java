package dev.mailservice.e2e.bench.memory;

import dev.mailservice.e2e.bench.BenchPlan;
import dev.mailservice.e2e.bench.Section;
import dev.mailservice.e2e.bench.report.Floor;
import dev.mailservice.e2e.bench.report.Row;
import dev.mailservice.e2e.bench.report.SectionReport;
import dev.mailservice.e2e.bench.side.ControlGroup;
import dev.mailservice.e2e.bench.side.OurServer;
import dev.mailservice.e2e.bench.side.PostfixServer;
import dev.mailservice.e2e.sink.Ledger;
import dev.mailservice.e2e.sink.SinkServer;
import dev.mailservice.e2e.smtp.Deadline;
import dev.mailservice.e2e.smtp.Reply;
import dev.mailservice.e2e.smtp.SmtpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How many idle clients each server holds before a good client has to wait, when this one may take
 * as much memory as Postfix takes with a hundred processes.
 */
public final class Hogs implements Section {
  private static final int PROCESSES = 100;
  private static final int LIMIT = 18_000;
  private static final int STEP = 250;
  private static final int FLOOR = 50;
  private static final int SETTLE_SECONDS = 2;
  private static final double MEGABYTE = 1 << 20;

  /** For longer than that a good client does not wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /**
   * What a run has shown.
   *
   * @param postfixBytes Pss of all of Postfix's processes with a hundred idle clients
   * @param postfixHogs how many idle clients it held before a good one had to wait
   * @param limitBytes of this server's control group
   * @param peakBytes the most that was charged to it
   * @param hogs how many idle clients it held when a good one was last served at once
   * @param end what the first client heard that was not
   */
  record HogRun(
      long postfixBytes, int postfixHogs, long limitBytes, long peakBytes, int hogs, String end) {}

  @Override
  public String name() {
    return "hogs";
  }

  @Override
  public String description() {
    return "idle clients held at equal memory before a good client has to wait";
  }

  @Override
  public SectionReport measure(BenchPlan plan) throws IOException, InterruptedException {
    var runs = new ArrayList<HogRun>();
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var ledger = new Ledger(Clock.systemUTC().instant());
    try (SinkServer sink = SinkServer.start(loopback, "sink.example.test", ledger)) {
      for (int i = 0; i < plan.runs(1, 3); i++) {
        runs.add(run(plan, sink.address()));
      }
    }
    return new SectionReport(
        name(),
        description(),
        List.of(
            "Postfix: default_process_limit = 100, 100 idle clients behind an EHLO; its memory is"
                + " the Pss of all its processes then.",
            "Ours: a control group with that limit, which counts what the kernel keeps for"
                + " connections, too; default_process_limit = 18000, the image's options.",
            "After every 250 idle clients a good one sends a message; served means that it was"
                + " acknowledged within 2 s."),
        List.of(
            Row.of(
                "idle clients held before a good client waits",
                "clients",
                runs.stream().map(it -> (double) it.hogs()).toList(),
                runs.stream().map(it -> (double) it.postfixHogs()).toList(),
                Floor.atLeastTimes(FLOOR)),
            Row.of(
                "most memory of the server (Postfix: Pss)",
                "MB",
                runs.stream().map(it -> it.peakBytes() / MEGABYTE).toList(),
                runs.stream().map(it -> it.postfixBytes() / MEGABYTE).toList(),
                Floor.atMostTimes(1))),
        List.of(),
        runs);
  }

  private static HogRun run(BenchPlan plan, InetSocketAddress sink)
      throws IOException, InterruptedException {
    long memory;
    int held;
    String mainCf = IdleMainCf.text(sink, PROCESSES, Optional.empty());
    try (PostfixServer server = PostfixServer.start(plan.project(), mainCf);
        var hogs = new IdleClients(server.address(), Optional.empty(), Duration.ofMinutes(1))) {
      hogs.growTo(PROCESSES - 1);
      if (!good(server.address()).isEmpty()) {
        throw new IOException("Postfix serves nobody beside 99 idle clients");
      }
      hogs.growTo(PROCESSES);
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      memory = server.processes().pssBytes();
      if (good(server.address()).isEmpty()) {
        throw new IOException("Postfix has more than a hundred processes");
      }
      held = PROCESSES - 1;
    }
    plan.progress().accept("  Postfix, 100 processes: %.0f MB".formatted(memory / MEGABYTE));
    mainCf = IdleMainCf.text(sink, LIMIT, Optional.empty());
    try (ControlGroup group = ControlGroup.withLimit(memory);
        OurServer server = OurServer.start(plan.project(), group, mainCf, "-o", "stress=");
        var hogs = new IdleClients(server.address(), Optional.empty(), Duration.ofMinutes(1))) {
      int served = 0;
      String end = "";
      while (end.isEmpty() && hogs.count() + STEP < LIMIT) {
        try {
          hogs.growTo(hogs.count() + STEP);
          end = good(server.address());
        } catch (IOException refused) {
          end = String.valueOf(refused.getMessage());
        }
        served = end.isEmpty() ? hogs.count() : served;
      }
      if (!server.processes().pids().contains(server.processes().root())) {
        throw new IOException("the server has died: " + end);
      }
      plan.progress()
          .accept(
              "  ours, the same memory: %d clients, %.0f MB, then: %s"
                  .formatted(served, group.peak() / MEGABYTE, end));
      return new HogRun(memory, held, memory, group.peak(), served, end);
    }
  }

  /**
   * A good client: comes, sends a message and goes.
   *
   * @return why it was not served at once; empty if it was
   */
  private static String good(InetSocketAddress server) {
    Deadline deadline = Deadline.after(System.nanoTime(), PATIENCE);
    try (SmtpConnection client = SmtpConnection.open(server, Optional.empty(), deadline)) {
      Reply reply = client.readReply();
      for (String line :
          List.of(
              "EHLO good.example.net",
              "MAIL FROM:<sender@example.net>",
              "RCPT TO:<user@example.test>",
              "DATA",
              "Subject: good\r\n\r\nmail\r\n.",
              "QUIT")) {
        if (reply.code() >= 400) {
          return reply.toString();
        }
        reply = client.command(line);
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
