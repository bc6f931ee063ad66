package dev.mailservice.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code docker run} command of a page of the documentation, as far as it says what a container
 * is: an option that is none of those known here is a mistake of the page or of this.
 *
 * @param image name and tag
 * @param readOnly whether the root file system is
 * @param noNewPrivileges {@code --security-opt no-new-privileges}
 * @param dropsCapabilities {@code --cap-drop ALL}
 * @param stopTimeoutSeconds how long a stop waits before it kills
 * @param temporary where memory is mounted
 * @param volumes container's folder, host's folder and whether it is read only, as {@code -v} says
 * @param published container's port for each {@code -p}
 * @param arguments behind the image's name
 */
record DocumentedContainer(
    String image,
    boolean readOnly,
    boolean noNewPrivileges,
    boolean dropsCapabilities,
    int stopTimeoutSeconds,
    List<String> temporary,
    Map<String, Volume> volumes,
    List<Integer> published,
    List<String> arguments) {
  private static final Pattern COMMAND =
      Pattern.compile("^docker run ((?:.*\\\\\\n)*.*)$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** A folder of the host in the container. */
  record Volume(Path host, boolean readOnly) {}

  /** The first such command of the page. */
  static DocumentedContainer of(Path page) throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(page));
    if (!command.find()) {
      throw new IllegalArgumentException(page + " has no docker run");
    }
    var words = new ArrayDeque<String>();
    Matcher word = WORD.matcher(command.group(1).replace("\\\n", " "));
    while (word.find()) {
      words.add(word.group(1) != null ? word.group(1) : word.group(2));
    }
    return of(words);
  }

  private static DocumentedContainer of(Deque<String> words) {
    var flags = new ArrayList<String>();
    var temporary = new ArrayList<String>();
    var volumes = new LinkedHashMap<String, Volume>();
    var published = new ArrayList<Integer>();
    int stopTimeout = 10;
    while (words.element().startsWith("-")) {
      String option = words.remove();
      switch (option) {
        case "-d", "--read-only" -> flags.add(option);
        case "--name", "--restart" -> words.remove();
        case "--cap-drop", "--security-opt" -> flags.add(option + " " + words.remove());
        case "--stop-timeout" -> stopTimeout = Integer.parseInt(words.remove());
        case "--tmpfs" -> temporary.add(words.remove());
        case "-p" -> {
          String ports = words.remove();
          published.add(Integer.valueOf(ports.substring(ports.lastIndexOf(':') + 1)));
        }
        case "-v" -> {
          String[] parts = words.remove().split(":");
          volumes.put(
              parts[1], new Volume(Path.of(parts[0]), parts.length > 2 && parts[2].equals("ro")));
        }
        default -> throw new IllegalArgumentException("what does docker run " + option + " mean?");
      }
    }
    return new DocumentedContainer(
        words.remove(),
        flags.contains("--read-only"),
        flags.contains("--security-opt no-new-privileges"),
        flags.contains("--cap-drop ALL"),
        stopTimeout,
        temporary,
        volumes,
        published,
        List.copyOf(words));
  }
}
