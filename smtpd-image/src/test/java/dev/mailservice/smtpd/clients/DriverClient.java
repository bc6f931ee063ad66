package dev.mailservice.smtpd.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A library in another language, driven by a program in {@code src/test/clients}.
 *
 * @param program its name there
 * @param user whom it logs in as; empty for nobody
 */
record DriverClient(Programs programs, String program, String user, String password)
    implements MailClient {

  /** One that does not log in. */
  DriverClient(Programs programs, String program) {
    this(programs, program, "", "");
  }

  @Override
  public Set<Can> can() {
    return Set.of(Can.SEVERAL, Can.SMTPUTF8);
  }

  @Override
  public List<String> send(
      Path folder, InetSocketAddress server, boolean startTls, List<Letter> letters)
      throws IOException {
    String messages =
        letters.stream().map(it -> message(folder, it)).collect(Collectors.joining(","));
    String job =
        """
        {"host": "%s", "port": %d, "startTls": %s, "user": "%s", "password": "%s", "messages": [%s]}
        """
            .formatted(
                server.getAddress().getHostAddress(),
                server.getPort(),
                startTls,
                user,
                password,
                messages);
    return programs.run(job.getBytes(StandardCharsets.UTF_8), program, List.of()).linesOfSuccess();
  }

  private static String message(Path folder, Letter letter) {
    try {
      Path file = Files.createTempFile(folder, "letter", "");
      Files.write(file, letter.content());
      String to = letter.to().stream().map(it -> "\"" + it + "\"").collect(Collectors.joining(","));
      return "{\"from\": \"%s\", \"to\": [%s], \"file\": \"%s\", \"smtpUtf8\": %s}"
          .formatted(letter.from(), to, file, letter.wantsSmtpUtf8());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return program;
  }
}
