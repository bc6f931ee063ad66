package dev.mailservice.smtpd.tls;

import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.table.Loaded;
import dev.mailservice.maincf.table.TableSource;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The server's certificates and those it trusts, ready for handshakes; of one moment, because files
 * change.
 *
 * @param context makes sockets
 * @param authorities who is trusted to vouch for clients; empty if nobody is
 */
record TlsContext(SSLContext context, Optional<X509TrustManager> authorities) {
  private static final char[] NO_PASSWORD = {};

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
    Optional<TlsContext> context = Optional.empty();
    String file = "";
    try {
      var chains = new ArrayList<Chain>();
      for (String name : settings.certificates().chainFiles()) {
        file = name;
        chains.addAll(chains(PemFile.parse(source.read(name))));
      }
      for (TlsSettings.Pair pair : settings.certificates().pairs()) {
        file = pair.certificateFile();
        chains.add(chain(pair, source));
      }
      for (Chain chain : chains) {
        chain.check();
        expired(chain, now.get())
            .ifPresent(
                it -> diagnostics.add(new Diagnostic(Severity.WARNING, at, parameter + ": " + it)));
      }
      file = settings.clients().caFile();
      context = Optional.of(make(chains, authorities(file, source)));
    } catch (TableSource.Unreadable | GeneralSecurityException | IOException e) {
      diagnostics.add(
          new Diagnostic(
              Severity.ERROR,
              at,
              "%s: cannot use \"%s\": %s".formatted(parameter, file, e.getMessage())));
    }
    return new Loaded<>(context, diagnostics);
  }

  private static Chain chain(TlsSettings.Pair pair, TableSource source)
      throws TableSource.Unreadable, GeneralSecurityException {
    PemFile certificates = PemFile.parse(source.read(pair.certificateFile()));
    PemFile keys =
        pair.keyFile().equals(pair.certificateFile())
            ? certificates
            : PemFile.parse(source.read(pair.keyFile()));
    if (certificates.certificates().isEmpty()) {
      throw new GeneralSecurityException("no certificate in it, want: a PEM file");
    }
    if (keys.keys().isEmpty()) {
      throw new GeneralSecurityException("no private key in \"%s\"".formatted(pair.keyFile()));
    }
    return new Chain(keys.keys().getFirst(), certificates.certificates());
  }

  /** smtpd_tls_chain_files: each key is followed by its chain; one pair a file is what is usual. */
  private static List<Chain> chains(PemFile file) throws GeneralSecurityException {
    if (file.keys().isEmpty() || file.certificates().isEmpty()) {
      throw new GeneralSecurityException("want: a private key, and behind it its certificates");
    }
    return List.of(new Chain(file.keys().getFirst(), file.certificates()));
  }

  private static Optional<String> expired(Chain chain, Instant now) {
    X509Certificate own = chain.certificates().getFirst();
    return own.getNotAfter().toInstant().isBefore(now)
        ? Optional.of(
            "the certificate of %s expired on %s"
                .formatted(own.getSubjectX500Principal(), own.getNotAfter().toInstant()))
        : Optional.empty();
  }

  private static Optional<X509TrustManager> authorities(String caFile, TableSource source)
      throws TableSource.Unreadable, GeneralSecurityException, IOException {
    if (caFile.isEmpty()) {
      return Optional.empty();
    }
    KeyStore store = emptyStore();
    for (X509Certificate authority : PemFile.parse(source.read(caFile)).certificates()) {
      store.setCertificateEntry("ca" + store.size(), authority);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager trusted) {
        return Optional.of(trusted);
      }
    }
    return Optional.empty();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
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
