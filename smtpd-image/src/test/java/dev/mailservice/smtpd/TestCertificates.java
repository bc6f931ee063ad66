package dev.mailservice.smtpd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Certificates that openssl(1) makes for a test, in a folder of the test's own. */
public final class TestCertificates {
  private final Path folder;

  public TestCertificates(Path folder) {
    this.folder = folder;
  }

  /**
   * A self-signed certificate with an ECDSA key if no option says otherwise; the files are NAME.pem
   * and NAME.key.
   */
  public TestCertificates selfSigned(String name, String... options)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of("openssl", "req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=" + name));
    if (!List.of(options).contains("-newkey")) {
      command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"));
    }
    command.addAll(List.of(options));
    command.addAll(List.of("-keyout", key(name), "-out", certificate(name)));
    run(command);
    return this;
  }

  /** One that another has signed, which may be an authority itself. */
  public TestCertificates signed(String name, String authority, String... options)
      throws IOException, InterruptedException {
    return selfSigned(
        name,
        Stream.concat(
                Stream.of("-CA", certificate(authority), "-CAkey", key(authority)),
                Stream.of(options))
            .toArray(String[]::new));
  }

  /** Key and certificate as Java's clients read them, without a password: NAME.p12. */
  public String store(String name) throws IOException, InterruptedException {
    String store = folder.resolve(name + ".p12").toString();
    run(
        List.of(
            "openssl",
            "pkcs12",
            "-export",
            "-inkey",
            key(name),
            "-in",
            certificate(name),
            "-passout",
            "pass:",
            "-out",
            store));
    return store;
  }

  /** Its fingerprint by SHA-256, as Postfix writes it. */
  public String fingerprint(String name) throws IOException, InterruptedException {
    return run(List.of(
            "openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", certificate(name)))
        .strip()
        .replaceFirst("^.*=", "");
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
