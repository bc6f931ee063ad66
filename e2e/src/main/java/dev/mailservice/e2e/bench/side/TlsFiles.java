package dev.mailservice.e2e.bench.side;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A key (ECDSA, P-256) and a self-signed certificate in one file, as both servers read it. Removed
 * by {@link #close}.
 *
 * @param chain for {@code smtpd_tls_chain_files}
 */
public record TlsFiles(Path chain) implements AutoCloseable {
  /**
   * Makes them by openssl(1).
   *
   * @throws IOException when that is not there or refuses, with its words
   */
  public static TlsFiles create() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tls");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("certificate.pem");
    Process process =
        new ProcessBuilder(
                List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-nodes",
                    "-days",
                    "30",
                    "-subj",
                    "/CN=mx.example.test",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:prime256v1",
                    "-keyout",
                    key.toString(),
                    "-out",
                    certificate.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("openssl: " + said);
    }
    Path chain = folder.resolve("chain.pem");
    Files.writeString(chain, Files.readString(key) + Files.readString(certificate));
    Files.delete(key);
    Files.delete(certificate);
    return new TlsFiles(chain);
  }

  @Override
  public void close() throws IOException {
    Files.delete(chain);
    Files.delete(chain.getParent());
  }
}
