package dev.mailservice.smtpd;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code openssl s_client}, which tells what a server agrees to. */
public final class OpensslClient {
  /** The only word of a handshake that has failed. */
  public static final String REFUSED = "refused";

  private static final int PATIENCE_SECONDS = 60;
  private static final Pattern TOLD =
      Pattern.compile(
          "(?m)^(?:Protocol version|Ciphersuite|Signature type|Server Temp Key): (.*)$");

  private OpensslClient() {}

  /**
   * Shakes hands and leaves.
   *
   * @param startTls whether the server is asked for TLS first
   * @param offer what the client can, as options of openssl-s_client(1)
   * @return protocol, cipher, the kind of the server's key and that of the session's
   */
  public static String handshake(InetSocketAddress server, boolean startTls, List<String> offer)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                "openssl",
                "s_client",
                "-brief",
                "-connect",
                server.getAddress().getHostAddress() + ":" + server.getPort()));
    if (startTls) {
      command.addAll(List.of("-starttls", "smtp"));
    }
    command.addAll(offer);
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
    // What the machine's administrator thinks that clients should do is no matter.
    builder.environment().put("OPENSSL_CONF", "/dev/null");
    Process process = builder.start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(command + " does not end: " + said);
      }
      return outcome(command, said);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String outcome(List<String> command, String said) throws IOException {
    if (said.contains("CONNECTION ESTABLISHED")) {
      Stream<String> told = TOLD.matcher(said).results().map(it -> it.group(1));
      return String.join(", ", told.toList());
    }
    Matcher error = Pattern.compile(":error:\\w+:SSL routines:").matcher(said);
    if (!error.find() || said.contains("no ciphers available")) {
      throw new IOException(command + ": " + said);
    }
    return REFUSED;
  }
}
