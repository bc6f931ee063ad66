package dev.mailservice.e2e.bench.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The image as an engine keeps it, unpacked, to be run by runc as often as one likes: its entry
 * point, user and files, read-only, in namespaces of its own but for the network, which it shares
 * with who measures. It wants root.
 */
final class UnpackedImage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final JsonNode image;
  private int runs;

  private UnpackedImage(Path folder, JsonNode image) {
    this.folder = folder;
    this.image = image;
  }

  /**
   * Unpacks it.
   *
   * @param tar as {@code docker load} takes it
   * @param mainCf what it finds in {@code /etc/postfix}
   */
  static UnpackedImage of(Path tar, String mainCf) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("start");
    try {
      Path parts = Files.createDirectory(folder.resolve("parts"));
      Path root = Files.createDirectories(folder.resolve("bundle/rootfs"));
      unpack(tar, parts);
      JsonNode manifest = JSON.readTree(parts.resolve("manifest.json").toFile()).get(0);
      for (JsonNode layer : manifest.get("Layers")) {
        unpack(parts.resolve(layer.asText()), root);
      }
      Path etc = Files.createDirectories(root.resolve("etc/postfix"));
      Files.writeString(etc.resolve("main.cf"), mainCf);
      JsonNode config = JSON.readTree(parts.resolve(manifest.get("Config").asText()).toFile());
      return new UnpackedImage(folder, config.get("config"));
    } catch (IOException | InterruptedException e) {
      delete(folder);
      throw e;
    }
  }

  private static void unpack(Path tar, Path into) throws IOException, InterruptedException {
    run(
        List.of(
            "tar", "--warning=no-unknown-keyword", "-xf", tar.toString(), "-C", into.toString()));
  }

  /** How many bytes its files have. */
  long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("bundle/rootfs"))) {
      return files.filter(Files::isRegularFile).mapToLong(it -> it.toFile().length()).sum();
    }
  }

  /**
   * How long a container took, as runtimes divide it: first its namespaces and mounts are made, and
   * then its process starts, from which moment on Kubernetes calls it started.
   *
   * @param create milliseconds for {@code runc create}
   * @param banner milliseconds from {@code runc start} to the first banner
   */
  record Times(double create, double banner) {}

  /**
   * Creates and starts a container, which is killed after its first banner.
   *
   * @param withCache whether its Java is told of the AOT cache
   */
  Times start(InetSocketAddress listen, InetSocketAddress admin, boolean withCache)
      throws IOException, InterruptedException {
    String id = "mailservice-start-%d-%d".formatted(ProcessHandle.current().pid(), runs++);
    JSON.writeValue(
        folder.resolve("bundle/config.json").toFile(), specification(listen, admin, withCache));
    Path said = folder.resolve("said");
    long begin = System.nanoTime();
    finish(
        new ProcessBuilder(runc("create", "--bundle", folder.resolve("bundle").toString(), id))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start(),
        said);
    try {
      long created = System.nanoTime();
      Process starting = new ProcessBuilder(runc("start", id)).redirectErrorStream(true).start();
      FirstBanner.await(listen);
      long greeted = System.nanoTime();
      starting.waitFor();
      return new Times((created - begin) / 1e6, (greeted - created) / 1e6);
    } catch (IOException e) {
      throw new IOException("it does not start: " + Files.readString(said), e);
    } finally {
      run(runc("delete", "--force", id));
    }
  }

  private static void finish(Process process, Path said) throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new IOException("runc create: " + Files.readString(said));
    }
  }

  private List<String> runc(String... arguments) {
    return Stream.concat(
            Stream.of("runc", "--root", folder.resolve("state").toString()), Stream.of(arguments))
        .toList();
  }

  private ObjectNode specification(
      InetSocketAddress listen, InetSocketAddress admin, boolean withCache) {
    ObjectNode spec = JSON.createObjectNode().put("ociVersion", "1.0.2").put("hostname", "mx");
    spec.putObject("root").put("path", "rootfs").put("readonly", true);
    ObjectNode process = spec.putObject("process").put("cwd", "/").put("noNewPrivileges", true);
    String[] user = image.get("User").asText().split(":");
    process
        .putObject("user")
        .put("uid", Integer.parseInt(user[0]))
        .put("gid", Integer.parseInt(user[1]));
    ArrayNode arguments = process.putArray("args");
    for (JsonNode word : image.get("Entrypoint")) {
      if (withCache || !word.asText().startsWith("-XX:AOTCache=")) {
        arguments.add(word);
      }
    }
    for (String word : contract(listen, admin)) {
      arguments.add(word);
    }
    process.putArray("env").add("PATH=/");
    ArrayNode mounts = spec.putArray("mounts");
    for (String kind : List.of("proc:proc", "dev:tmpfs", "tmp:tmpfs")) {
      String[] placeAndType = kind.split(":");
      mounts
          .addObject()
          .put("destination", "/" + placeAndType[0])
          .put("type", placeAndType[1])
          .put("source", placeAndType[1]);
    }
    ArrayNode namespaces = spec.putObject("linux").putArray("namespaces");
    for (String kind : List.of("pid", "mount", "ipc", "uts")) {
      namespaces.addObject().put("type", kind);
    }
    return spec;
  }

  /** What the operator gives a pod. */
  private static List<String> contract(InetSocketAddress listen, InetSocketAddress admin) {
    return List.of(
        "-c",
        "/etc/postfix",
        "--listen",
        "127.0.0.1:" + listen.getPort(),
        "--admin",
        "127.0.0.1:" + admin.getPort(),
        "--drain-timeout",
        "30s",
        "-o",
        "stress=");
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("%s: %s".formatted(command, said));
    }
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
