package dev.mailservice.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container of an image's tar, run by runc alone, as an engine would run it: the image's entry
 * point, user and files, and a network of its own that has loopback and nothing else. Closing it
 * leaves nothing behind.
 */
final class PlainContainer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CAPABILITIES_SETS = "bounding effective permitted";

  private final Path folder;
  private final String id;
  private final Process process;
  private final BufferedReader log;

  private PlainContainer(Path folder, String id, Process process) {
    this.folder = folder;
    this.id = id;
    this.process = process;
    this.log = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param tar the image, as {@code docker load} takes it
   * @param folder an empty one, for the container's files
   * @param documented what an administrator would type
   * @param more arguments besides
   */
  static PlainContainer run(
      Path tar, Path folder, DocumentedContainer documented, List<String> more)
      throws IOException, InterruptedException {
    Path image = Files.createDirectory(folder.resolve("image"));
    Path root = Files.createDirectories(folder.resolve("bundle/rootfs"));
    unpack(tar, image);
    JsonNode manifest = JSON.readTree(image.resolve("manifest.json").toFile()).get(0);
    if (!manifest.get("RepoTags").get(0).asText().equals(documented.image())) {
      throw new IllegalArgumentException(
          "the image is %s, documented is %s"
              .formatted(manifest.get("RepoTags"), documented.image()));
    }
    for (JsonNode layer : manifest.get("Layers")) {
      unpack(image.resolve(layer.asText()), root);
    }
    JsonNode config = JSON.readTree(image.resolve(manifest.get("Config").asText()).toFile());
    JSON.writeValue(
        folder.resolve("bundle/config.json").toFile(),
        specification(config.get("config"), documented, more));
    String id = "mailservice-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    Process process =
        new ProcessBuilder(runc(folder, "run", "--bundle", folder.resolve("bundle").toString(), id))
            .redirectErrorStream(true)
            .start();
    return new PlainContainer(folder, id, process);
  }

  private static void unpack(Path tar, Path into) throws IOException, InterruptedException {
    said(
        List.of(
            "tar",
            "--warning=no-unknown-keyword",
            "-x",
            "-f",
            tar.toString(),
            "-C",
            into.toString()));
  }

  /** The runtime specification's config.json, as an engine makes it of an image and a command. */
  private static ObjectNode specification(
      JsonNode image, DocumentedContainer documented, List<String> more) {
    ObjectNode spec = JSON.createObjectNode().put("ociVersion", "1.0.2").put("hostname", "mx");
    spec.putObject("root").put("path", "rootfs").put("readonly", documented.readOnly());
    ObjectNode process =
        spec.putObject("process")
            .put("cwd", "/")
            .put("noNewPrivileges", documented.noNewPrivileges());
    String[] user = image.get("User").asText().split(":");
    process
        .putObject("user")
        .put("uid", Integer.parseInt(user[0]))
        .put("gid", Integer.parseInt(user[1]));
    ArrayNode arguments = process.putArray("args");
    image.get("Entrypoint").forEach(arguments::add);
    documented.arguments().forEach(arguments::add);
    more.forEach(arguments::add);
    ArrayNode environment = process.putArray("env");
    image.get("Env").forEach(environment::add);
    if (documented.dropsCapabilities()) {
      ObjectNode capabilities = process.putObject("capabilities");
      for (String set : CAPABILITIES_SETS.split(" ")) {
        capabilities.putArray(set);
      }
    }
    ArrayNode mounts = spec.putArray("mounts");
    mount(mounts, "/proc", "proc", "proc");
    mount(mounts, "/dev", "tmpfs", "tmpfs").add("nosuid").add("mode=755");
    for (String place : documented.temporary()) {
      mount(mounts, place, "tmpfs", "tmpfs").add("mode=1777");
    }
    documented
        .volumes()
        .forEach(
            (place, volume) ->
                mount(mounts, place, "bind", volume.host().toString())
                    .add("rbind")
                    .add(volume.readOnly() ? "ro" : "rw"));
    ArrayNode namespaces = spec.putObject("linux").putArray("namespaces");
    for (String kind : List.of("pid", "mount", "ipc", "uts", "network")) {
      namespaces.addObject().put("type", kind);
    }
    return spec;
  }

  private static ArrayNode mount(ArrayNode mounts, String place, String type, String source) {
    return mounts
        .addObject()
        .put("destination", place)
        .put("type", type)
        .put("source", source)
        .putArray("options");
  }

  private static List<String> runc(Path folder, String... arguments) {
    var command = new ArrayList<>(List.of("runc", "--root", folder + "/state"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("%s: %s".formatted(command, said));
    }
    return said;
  }

  /** What it says until a line has this text. */
  void awaitLog(String text) throws IOException {
    var said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      if (line.contains(text)) {
        return;
      }
    }
    throw new IOException("it ended without \"%s\": %s".formatted(text, said));
  }

  /** A command that runs another in the container's network, to which nothing else leads. */
  List<String> inItsNetwork() throws IOException, InterruptedException {
    int pid = JSON.readTree(said(runc(folder, "state", id))).get("pid").asInt();
    return List.of("nsenter", "--net=/proc/%d/ns/net".formatted(pid));
  }

  /** Stops it as an engine does, and returns its exit status. */
  int stop(int patienceSeconds) throws IOException, InterruptedException {
    said(runc(folder, "kill", id, "TERM"));
    if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
      throw new IOException("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    said(runc(folder, "delete", "--force", id));
    process.destroyForcibly().waitFor();
  }
}
