package dev.mailservice.smtpd.tls;

import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.table.Loaded;
import dev.mailservice.maincf.table.TableSource;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The server's certificates and those it trusts, ready for handshakes; of one moment, because files
 * change. Sessions can be resumed for as long as it is in use, and not beyond.
 *
 * @param context makes sockets
 * @param authorities who is trusted to vouch for clients; empty if nobody is
 */
record TlsContext(SSLContext context, Optional<X509TrustManager> authorities) {
  /** Postfix's {@code smtpd_tls_session_cache_timeout}. */
  private static final Duration SESSION_TIMEOUT = Duration.ofHours(1);

  /** Sessions of clients that take no tickets; JSSE's own 20480 are too many for a small pod. */
  private static final int SESSION_CACHE = 1000;

  private static final char[] NO_PASSWORD = {};

  /**
   * A key store's form, of which nothing ever leaves the memory. JSSE takes the private key out of
   * it once in each handshake, and PKCS12 would derive a key from the password for that each time,
   * by ten thousand rounds: ten times what the handshake itself costs.
   */
  private static final String STORE = "JKS";

  static {
    // OpenSSL has refused it since 3.0: a client that renegotiates has the server do the work.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  /**
   * Reads the files that the settings name.
   *
   * @param settings what to read
   * @param parameter the parameter that names the certificates, for messages
   * @param at where {@code main.cf} sets it
   * @param now the time, for certificates that are past theirs
   * @return empty where there is an error, which the diagnostics tell
   */
  static Loaded<Optional<TlsContext>> load(
      TlsSettings settings,
      String parameter,
      Position at,
      Supplier<Instant> now,
      TableSource source) {
    var diagnostics = new ArrayList<Diagnostic>();
    var reader = new Reader(source);
    Optional<TlsContext> context = Optional.empty();
    try {
      List<Chain> chains = chains(settings.certificates(), reader);
      for (Chain chain : chains) {
        chain.check();
        expired(chain, now.get())
            .ifPresent(
                it -> diagnostics.add(new Diagnostic(Severity.WARNING, at, parameter + ": " + it)));
      }
      context = Optional.of(make(chains, authorities(settings.clients(), reader)));
    } catch (TableSource.Unreadable | GeneralSecurityException | IOException e) {
      diagnostics.add(
          new Diagnostic(
              Severity.ERROR,
              at,
              "%s: cannot use \"%s\": %s".formatted(parameter, reader.last, e.getMessage())));
    }
    return new Loaded<>(context, diagnostics);
  }

  /** Reads files and remembers which, for messages. */
  private static final class Reader {
    private final TableSource source;
    private String last = "";

    Reader(TableSource source) {
      this.source = source;
    }

    PemFile read(String name) throws TableSource.Unreadable, GeneralSecurityException {
      last = name;
      return PemFile.parse(source.read(name));
    }
  }

  private static List<Chain> chains(TlsSettings.Certificates certificates, Reader reader)
      throws TableSource.Unreadable, GeneralSecurityException {
    var chains = new ArrayList<Chain>();
    var files = new ArrayList<PemFile>();
    for (String name : certificates.chainFiles()) {
      files.add(reader.read(name));
    }
    if (!files.isEmpty()) {
      chains.addAll(Chain.inOrder(files));
    }
    for (TlsSettings.Pair pair : certificates.pairs()) {
      chains.add(chain(pair, reader));
    }
    return chains;
  }

  private static Chain chain(TlsSettings.Pair pair, Reader reader)
      throws TableSource.Unreadable, GeneralSecurityException {
    PemFile keys = reader.read(pair.keyFile());
    if (keys.keys().isEmpty()) {
      throw new GeneralSecurityException("no private key in it, want: a PEM file with one");
    }
    PemFile certificates = reader.read(pair.certificateFile());
    if (certificates.certificates().isEmpty()) {
      throw new GeneralSecurityException("no certificate in it, want: a PEM file with one");
    }
    return new Chain(keys.keys().getFirst(), certificates.certificates());
  }

  private static Optional<String> expired(Chain chain, Instant now) {
    X509Certificate own = chain.own();
    return own.getNotAfter().toInstant().isBefore(now)
        ? Optional.of(
            "the certificate of %s expired on %s"
                .formatted(own.getSubjectX500Principal(), own.getNotAfter().toInstant()))
        : Optional.empty();
  }

  private static Optional<X509TrustManager> authorities(TlsSettings.Clients clients, Reader reader)
      throws TableSource.Unreadable, GeneralSecurityException, IOException {
    if (clients.caFile().isEmpty()) {
      return Optional.empty();
    }
    KeyStore store = emptyStore();
    for (X509Certificate authority : reader.read(clients.caFile()).certificates()) {
      store.setCertificateEntry("ca" + store.size(), authority);
    }
    if (store.size() == 0) {
      throw new GeneralSecurityException("no certificate in it, want: a PEM file with some");
    }
    var parameters = new PKIXBuilderParameters(store, new X509CertSelector());
    parameters.setRevocationEnabled(false);
    // Postfix counts all authorities, PKIX those between the first and the last certificate.
    parameters.setMaxPathLength(Math.max(clients.verifyDepth() - 1, 0));
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trusted) {
        return Optional.of(trusted);
      }
    }
    return Optional.empty();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(STORE);
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static TlsContext make(List<Chain> chains, Optional<X509TrustManager> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (Chain chain : chains) {
      store.setKeyEntry(
          "key" + store.size(),
          chain.key(),
          NO_PASSWORD,
          chain.certificates().toArray(X509Certificate[]::new));
    }
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager anyClient = new AnyClient(authorities);
    context.init(keys.getKeyManagers(), new TrustManager[] {anyClient}, null);
    SSLSessionContext sessions = context.getServerSessionContext();
    sessions.setSessionTimeout(Math.toIntExact(SESSION_TIMEOUT.toSeconds()));
    sessions.setSessionCacheSize(SESSION_CACHE);
    return new TlsContext(context, authorities);
  }

  /**
   * Takes any certificate that a client shows: whether it is trusted is for restrictions to ask,
   * and a fingerprint needs no authority.
   */
  private record AnyClient(Optional<X509TrustManager> authorities) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authorities.map(X509TrustManager::getAcceptedIssuers).orElse(new X509Certificate[] {});
    }
  }
}
