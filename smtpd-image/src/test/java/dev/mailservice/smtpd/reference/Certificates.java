package dev.mailservice.smtpd.reference;

import dev.mailservice.smtpd.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The certificates of dialogues, made once for all of them: both servers show the same, and a
 * client shows the one that its dialogue names.
 */
final class Certificates {
  private static final Optional<Certificates> MADE = Optional.of(make());
  private static final char[] NO_PASSWORD = {};

  private final Path folder;
  private final TestCertificates all;

  private Certificates(Path folder) {
    this.folder = folder;
    this.all = new TestCertificates(folder);
  }

  static Certificates all() {
    return MADE.orElseThrow();
  }

  private static Certificates make() {
    try {
      Path folder = Files.createTempDirectory("certificates");
      var certificates = new Certificates(folder);
      certificates
          .all
          .selfSigned("authority")
          .signed("mx.example.test", "authority")
          .signed("rsa.example.test", "authority", "-newkey", "rsa:2048")
          .signed("client.test", "authority")
          .selfSigned("stranger.test");
      for (String name : List.of("mx.example.test", "rsa.example.test")) {
        certificates.all.chain(name);
      }
      for (String name : List.of("client.test", "stranger.test")) {
        certificates.all.store(name);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return certificates;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // It is in the machine's temporary files.
      return;
    }
  }

  /** Lines for {@code main.cf} by which options name them. */
  String mainCf() {
    try {
      return """
          certificates = %s
          client_fingerprint = %s
          """
          .formatted(folder, all.fingerprint("client.test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A client's side of TLS over a connection; the handshake has not begun. */
  SSLSocket client(Socket plain, Step.Tls tls) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(tls.certificate()), new TrustManager[] {new Anybody()}, null);
      var socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, "mx.example.test", plain.getPort(), true);
      tls.protocol().ifPresent(it -> socket.setEnabledProtocols(new String[] {it}));
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private KeyManager[] keys(Optional<String> name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    if (name.isEmpty()) {
      store.load(null, NO_PASSWORD);
    } else {
      try (InputStream in = Files.newInputStream(folder.resolve(name.get() + ".p12"))) {
        store.load(in, NO_PASSWORD);
      }
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  /** Dialogues are about what servers say, whoever they are. */
  private record Anybody() implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {};
    }
  }
}
