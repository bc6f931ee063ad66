package dev.mailservice.smtpd.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's Exim, which pipelines and sends by BDAT; it wants to be started by root. */
record EximClient(Programs programs) implements MailClient {
  private static final Pattern DELIVERED = Pattern.compile(".* => .* C=\"(.*)\"");
  private static final Pattern REFUSED =
      Pattern.compile(
          ".* (?:\\*\\*|==) (\\S+) .* after (?:pipelined )?(\\S+) .*?: (?:\\d+\\w*=)?(\\d{3}["
              + " -].*)");

  @Override
  public Set<Can> can() {
    return Set.of(Can.CHUNKING);
  }

  @Override
  public List<String> send(
      Path folder, InetSocketAddress server, boolean startTls, List<Letter> letters)
      throws IOException {
    Path home = Files.createTempDirectory("exim");
    var daemon =
        home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("daemon");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path spool = Files.createDirectory(home.resolve("spool"));
    Path log = Files.createDirectory(home.resolve("log"));
    Files.setOwner(spool, daemon);
    Files.setOwner(log, daemon);
    Path configuration = home.resolve("exim.conf");
    Files.writeString(configuration, configuration(home, server, startTls));
    for (Letter letter : letters) {
      var arguments =
          new ArrayList<>(
              List.of("-C", configuration.toString(), "-odi", "-oi", "-f", letter.from()));
      arguments.addAll(letter.to());
      programs.run(letter.content(), "exim4", arguments).linesOfSuccess();
    }
    List<String> report = report(Files.readAllLines(log.resolve("main")));
    TemporaryFolder.delete(home);
    return report;
  }

  private String configuration(Path home, InetSocketAddress server, boolean startTls) {
    return """
    spool_directory = %1$s/spool
    log_file_path = %1$s/log/%%s
    log_selector = +smtp_confirmation
    primary_hostname = client.test
    keep_environment =
    # It is not installed, so that it cannot start itself anew with more rights.
    deliver_drop_privilege
    message_size_limit = 0
    begin routers
    all:
      driver = manualroute
      route_list = * "%2$s::%3$d"
      self = send
      transport = out
    begin transports
    out:
      driver = smtp
      hosts_try_dane =
      %4$s = *
    """
        .formatted(
            home,
            server.getAddress().getHostAddress(),
            server.getPort(),
            startTls ? "hosts_require_tls" : "hosts_avoid_tls");
  }

  private static List<String> report(List<String> log) {
    var report = new ArrayList<String>();
    for (String line : log) {
      Matcher delivered = DELIVERED.matcher(line);
      Matcher refused = REFUSED.matcher(line);
      if (delivered.matches()) {
        report.add("message " + delivered.group(1));
      } else if (refused.matches()) {
        report.add(
            (refused.group(2).equals("RCPT") ? "rcpt " + refused.group(1) : "message")
                + " "
                + refused.group(3));
      } else if (line.contains(" ** ") || line.contains(" == ")) {
        report.add("message error " + line);
      }
    }
    return report;
  }

  @Override
  public String toString() {
    return "Exim";
  }
}
