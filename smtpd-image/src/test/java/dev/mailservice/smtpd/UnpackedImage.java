package dev.mailservice.smtpd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The image as a container engine would unpack it, whose entry point sees nothing of this machine
 * but its devices and {@code /proc}. It wants root, as {@code chroot(8)} does.
 *
 * @param root its file system
 * @param entryPoint its command
 * @param user its user and group, as numbers
 */
record UnpackedImage(Path root, List<String> entryPoint, String user) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

  /** In a mount namespace of its own, which ends with the command that the shell becomes. */
  private static final String IN_CONTAINER =
      """
      root=$1
      user=$2
      shift 2
      mount --bind /dev "$root/dev"
      mount --bind /proc "$root/proc"
      exec chroot --userspec="$user" "$root" "$@"
      """;

  /**
   * Unpacks it.
   *
   * @param tar an image as {@code docker save} writes it
   * @param folder where to
   */
  static UnpackedImage of(Path tar, Path folder) throws IOException, InterruptedException {
    Path parts = Files.createDirectory(folder.resolve("parts"));
    Path root = Files.createDirectory(folder.resolve("root"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    unpack(tar, parts);
    String manifest = Files.readString(parts.resolve("manifest.json"));
    for (String layer : words(manifest, "Layers")) {
      unpack(parts.resolve(layer), root);
    }
    for (String name : List.of("dev", "proc", "etc")) {
      Files.createDirectories(root.resolve(name));
    }
    String config = Files.readString(parts.resolve("config.json"));
    Matcher user = Pattern.compile("\"User\":\"([0-9:]+)\"").matcher(config);
    if (!user.find()) {
      throw new IOException("no user by number in " + config);
    }
    return new UnpackedImage(root, words(config, "Entrypoint"), user.group(1));
  }

  private static void unpack(Path tar, Path folder) throws IOException, InterruptedException {
    TestCertificates.run(
        List.of("tar", "--no-same-owner", "-xf", tar.toString(), "-C", folder.toString()));
  }

  private static List<String> words(String json, String name) throws IOException {
    Matcher list = Pattern.compile("\"%s\":\\[([^]]*)]".formatted(name)).matcher(json);
    if (!list.find()) {
      throw new IOException("no %s in %s".formatted(name, json));
    }
    return WORD.matcher(list.group(1)).results().map((MatchResult it) -> it.group(1)).toList();
  }

  /** Puts a file into it, which everybody may read. */
  void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /**
   * What starts it here, to which arguments are added.
   *
   * @param options for its Java besides
   */
  List<String> command(String... options) {
    var command =
        new ArrayList<>(
            List.of("unshare", "--mount", "sh", "-ec", IN_CONTAINER, "sh", root.toString(), user));
    command.addAll(entryPoint);
    command.addAll(command.indexOf("-cp"), List.of(options));
    return command;
  }
}
