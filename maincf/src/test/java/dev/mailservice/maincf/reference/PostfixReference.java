package dev.mailservice.maincf.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's Postfix, its tools only, in a folder of its own. Text goes in and out as ISO-8859-1, one
 * character a byte.
 *
 * @param folder what {@code build/postfix-reference} printed
 */
public record PostfixReference(Path folder) {

  /**
   * What a program said.
   *
   * @param status its exit status; 128 and the signal if one ended it
   */
  public record Said(int status, String out, String err) {
    /** Its warnings, without {@code postconf: warning: } and the like before them. */
    public List<String> warnings() {
      return after(": warning: ");
    }

    /** Why it gave up; empty if it did not. */
    public List<String> fatal() {
      return after(": fatal: ");
    }

    private List<String> after(String mark) {
      return err.lines()
          .filter(line -> line.contains(mark))
          .map(line -> line.substring(line.indexOf(mark) + mark.length()))
          .toList();
    }
  }

  /**
   * Runs one of its programs.
   *
   * @param configuration the folder that {@code -c} names; see {@link #configuration}
   * @param program {@code postconf} or {@code postmap}
   */
  public Said run(Path configuration, String program, List<String> arguments) {
    return run(configuration, program, arguments, "");
  }

  /**
   * Runs one of its programs, which reads.
   *
   * @param input what it reads from standard input
   */
  public Said run(Path configuration, String program, List<String> arguments, String input) {
    var command = new ArrayList<>(List.of(root().resolve("usr/sbin/" + program).toString()));
    command.addAll(List.of("-c", configuration.toString()));
    command.addAll(arguments);
    return run(configuration, command, input);
  }

  /**
   * Runs one of its programs with a configuration made for this once.
   *
   * @param within where the configuration's folder is made, and removed again
   */
  public Said ask(Path within, String mainCf, String program, List<String> arguments) {
    try {
      Path once = Files.createTempDirectory(within, "once");
      configuration(once, mainCf);
      Said said = run(once, program, arguments);
      for (String file : List.of("main.cf", "master.cf")) {
        Files.delete(once.resolve(file));
      }
      Files.delete(once);
      return said;
    } catch (IOException e) {
      throw new IllegalStateException(within + ": " + e.getMessage(), e);
    }
  }

  private Said run(Path configuration, List<String> command, String input) {
    try {
      Path in = Files.createTempFile(configuration, "stdin", "");
      Files.writeString(in, input, StandardCharsets.ISO_8859_1);
      Path err = Files.createTempFile(configuration, "stderr", "");
      var builder =
          new ProcessBuilder(command).redirectInput(in.toFile()).redirectError(err.toFile());
      builder.environment().put("LD_LIBRARY_PATH", libraries());
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int status = process.waitFor();
      String said = Files.readString(err, StandardCharsets.ISO_8859_1);
      Files.delete(err);
      Files.delete(in);
      return new Said(status, out, said);
    } catch (IOException e) {
      throw new IllegalStateException(command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a folder a configuration of Postfix.
   *
   * @param mainCf the whole {@code main.cf}
   */
  public void configuration(Path folder, String mainCf) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve("main.cf");
      Files.writeString(file, mainCf, StandardCharsets.ISO_8859_1);
      // Postfix waits until a file that has just been written has cooled down.
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      Files.writeString(folder.resolve("master.cf"), "");
    } catch (IOException e) {
      throw new IllegalStateException(folder + ": " + e.getMessage(), e);
    }
  }

  /** Lines of {@code main.cf} without which {@code postmap} finds neither accounts nor pcre. */
  public String toolSettings() {
    return """
        mail_owner = daemon
        setgid_group = mail
        shlib_directory = %s/usr/lib/postfix
        meta_directory = %s/etc/postfix
        """
        .formatted(root(), root());
  }

  private Path root() {
    return folder.resolve("root");
  }

  /** Where its shared libraries are, as {@code LD_LIBRARY_PATH} wants it. */
  public String libraries() throws IOException {
    try (Stream<Path> folders = Files.list(root().resolve("usr/lib"))) {
      return String.join(
          ":",
          folders
              .filter(it -> it.endsWith("postfix") || it.toString().endsWith("-linux-gnu"))
              .map(Path::toString)
              .toList());
    }
  }
}
