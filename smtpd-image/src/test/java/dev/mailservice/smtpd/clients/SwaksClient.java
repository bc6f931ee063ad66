package dev.mailservice.smtpd.clients;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * swaks, the Swiss army knife for SMTP. Each message has a connection of its own.
 *
 * @param pipelining whether it sends commands without waiting for replies
 */
record SwaksClient(Programs programs, boolean pipelining) implements MailClient {
  /** What it sends (plain, TLS) and what it hears, refusals with stars. */
  private static final Pattern HEARD = Pattern.compile("<(?:-|~|\\*\\*|~\\*) +(\\d{3}[ -].*)");

  private static final Pattern SAID = Pattern.compile(" (?:->|~>) (.*)");

  @Override
  public Set<Can> can() {
    return Set.of();
  }

  @Override
  public List<String> send(
      Path folder, InetSocketAddress server, boolean startTls, List<Letter> letters)
      throws IOException {
    var report = new ArrayList<String>();
    for (Letter letter : letters) {
      report.addAll(report(letter, transcript(folder, server, startTls, letter)));
    }
    return report;
  }

  private List<String> transcript(
      Path folder, InetSocketAddress server, boolean startTls, Letter letter) throws IOException {
    Path file = Files.createTempFile(folder, "letter", "");
    // It takes a final dot for the message's end, and adds an empty line where there is none.
    Files.write(file, letter.content());
    Files.writeString(file, ".\r\n", StandardOpenOption.APPEND);
    var arguments =
        new ArrayList<>(
            List.of(
                "--server",
                server.getAddress().getHostAddress() + ":" + server.getPort(),
                "--helo",
                "client.test",
                "--from",
                letter.from(),
                "--to",
                String.join(",", letter.to()),
                "--data",
                "@" + file,
                "--suppress-data",
                "--timeout",
                "30"));
    if (startTls) {
      arguments.add("--tls");
    }
    if (pipelining) {
      arguments.add("--pipeline");
    }
    return programs.run(new byte[0], "swaks", arguments).lines();
  }

  /** Refusals in the order of recipients; the last reply but that to QUIT is the message's. */
  private static List<String> report(Letter letter, List<String> transcript) {
    var asked = new ArrayList<String>();
    var report = new ArrayList<String>();
    String last = "error " + transcript.getLast();
    for (String line : transcript) {
      Matcher said = SAID.matcher(line);
      if (said.matches()) {
        asked.add(said.group(1));
      }
      Matcher heard = HEARD.matcher(line);
      if (heard.matches() && heard.group(1).charAt(3) == ' ' && !heard.group(1).startsWith("221")) {
        last = heard.group(1);
      }
      if (heard.matches() && line.startsWith("<*") | line.startsWith("<~*")) {
        letter.to().stream()
            .filter(it -> heard.group(1).contains("<" + it + ">"))
            .forEach(it -> report.add("rcpt %s %s".formatted(it, heard.group(1))));
      }
    }
    report.add("message " + last);
    return report;
  }

  @Override
  public String toString() {
    return pipelining ? "swaks --pipeline" : "swaks";
  }
}
