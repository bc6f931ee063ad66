package dev.mailservice.e2e.bench.side;

import dev.mailservice.e2e.smtp.AddressAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * This server as it ships: by its launcher, {@code smtpd-image/smtpd}, which gives the Java virtual
 * machine the image's options. It logs to a file.
 */
public final class OurServer implements Side {
  private final ServerFolder server;
  private final InetSocketAddress address;

  private OurServer(ServerFolder server, InetSocketAddress address) {
    this.server = server;
    this.address = address;
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param project the folder of the built project
   * @param mainCf the whole {@code main.cf}
   * @param options more of the command line's
   * @throws IOException when it does not start, with its own words
   */
  public static OurServer start(Path project, String mainCf, String... options)
      throws IOException, InterruptedException {
    return start(project, Optional.empty(), List.of(), mainCf, options);
  }

  /**
   * The same in a control group.
   *
   * @throws IOException when it does not start, with its own words
   */
  public static OurServer start(Path project, ControlGroup group, String mainCf, String... options)
      throws IOException, InterruptedException {
    return start(project, Optional.of(group), List.of(), mainCf, options);
  }

  /**
   * The same with options for its Java virtual machine, which are read before the image's.
   *
   * @param javaOptions of java(1), none with a space in it
   * @throws IOException when it does not start, with its own words
   */
  public static OurServer start(
      Path project, List<String> javaOptions, String mainCf, String... options)
      throws IOException, InterruptedException {
    return start(project, Optional.empty(), javaOptions, mainCf, options);
  }

  private static OurServer start(
      Path project,
      Optional<ControlGroup> group,
      List<String> javaOptions,
      String mainCf,
      String... options)
      throws IOException, InterruptedException {
    Path folder = ServerFolder.create("smtpd");
    Files.writeString(folder.resolve("main.cf"), mainCf);
    InetSocketAddress address = FreePort.find();
    var command =
        new ArrayList<>(
            List.of(
                project.resolve("smtpd-image/smtpd").toString(),
                "-c",
                folder.toString(),
                "--listen",
                AddressAndPort.format(address),
                "--admin",
                AddressAndPort.format(FreePort.find()),
                "--drain-timeout",
                "2s"));
    command.addAll(List.of(options));
    Path log = folder.resolve("maillog");
    var builder =
        new ProcessBuilder(group.isPresent() ? group.get().within(command) : command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    if (!javaOptions.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", javaOptions));
    }
    Process process = builder.start();
    var server = new OurServer(new ServerFolder(folder, process), address);
    try {
      server.server.awaitServing(() -> FreePort.isTaken(address), log);
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public ProcessTree processes() {
    return server.processes();
  }

  @Override
  public void close() {
    server.close();
  }
}
