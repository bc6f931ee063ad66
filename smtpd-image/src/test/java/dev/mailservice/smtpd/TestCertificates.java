package dev.mailservice.smtpd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates that openssl(1) makes for a test, in a folder of the test's own. */
public final class TestCertificates {
  private final Path folder;

  public TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** A self-signed certificate with an ECDSA key; the files are NAME.pem and NAME.key. */
  public TestCertificates selfSigned(String name, String... options)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-days",
                "30",
                "-subj",
                "/CN=" + name));
    command.addAll(List.of(options));
    command.addAll(List.of("-keyout", key(name), "-out", certificate(name)));
    run(command);
    return this;
  }

  public String certificate(String name) {
    return folder.resolve(name + ".pem").toString();
  }

  public String key(String name) {
    return folder.resolve(name + ".key").toString();
  }

  /** Key and certificate in one file, as smtpd_tls_chain_files wants it: NAME.chain. */
  public String chain(String name) throws IOException {
    Path chain = folder.resolve(name + ".chain");
    Files.writeString(
        chain, Files.readString(Path.of(key(name))) + Files.readString(Path.of(certificate(name))));
    return chain.toString();
  }

  /** Runs openssl, or any other command; what it printed. */
  public static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
