package dev.mailservice.e2e.soak;

import dev.mailservice.e2e.bench.side.Jcmd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Asks the kernel, the server and its Java runtime what a server takes. */
final class ServerProbe implements AutoCloseable {
  private static final long KIBIBYTE = 1024;

  private final long pid;
  private final URI metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  ServerProbe(long pid, InetSocketAddress admin) {
    this.pid = pid;
    this.metrics =
        URI.create(
            "http://%s:%d/metrics".formatted(admin.getAddress().getHostAddress(), admin.getPort()));
  }

  /** A sample; the server's Java runtime collects its garbage for it. */
  Sample take(double seconds) throws IOException, InterruptedException {
    double heap = liveHeap();
    String text =
        http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
    List<String> status = Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"));
    return new Sample(
        seconds,
        metric(text, "smtpd_connections_total"),
        metric(text, "smtpd_sessions_active"),
        heap,
        field(status, "VmRSS:") * KIBIBYTE,
        field(status, "Threads:"),
        openFiles());
  }

  private static double metric(String text, String name) throws IOException {
    return text.lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
        .findFirst()
        .orElseThrow(() -> new IOException("the server has no metric " + name));
  }

  private static double field(List<String> status, String name) throws IOException {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split(" ")[0])
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElseThrow(() -> new IOException("no " + name + " in /proc/PID/status"));
  }

  private double openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      return files.count();
    }
  }

  /** The last line of a class histogram: {@code Total OBJECTS BYTES}. */
  private double liveHeap() throws IOException, InterruptedException {
    String said = new Jcmd(pid).ask("GC.class_histogram");
    return said.lines()
        .filter(line -> line.startsWith("Total"))
        .map(line -> line.strip().split(" +")[2])
        .mapToDouble(Double::parseDouble)
        .findFirst()
        .orElseThrow(() -> new IOException("jcmd GC.class_histogram: " + said));
  }

  @Override
  public void close() {
    http.close();
  }
}
