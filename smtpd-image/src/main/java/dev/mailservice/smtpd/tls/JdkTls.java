package dev.mailservice.smtpd.tls;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** What the JDK would do about TLS if nobody asked for anything else. */
final class JdkTls {
  /** By JSSE's names. */
  static final List<String> PROTOCOLS;

  /** By JSSE's names, its favourite first. */
  static final List<String> CIPHER_SUITES;

  static {
    SSLParameters parameters = parameters();
    PROTOCOLS = List.of(parameters.getProtocols());
    CIPHER_SUITES = List.of(parameters.getCipherSuites());
  }

  private JdkTls() {}

  /** Without trusting anybody: the default context would read all authorities of the JDK. */
  private static SSLParameters parameters() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context.getDefaultSSLParameters();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
