package dev.mailservice.smtpd.tls;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.parameters.TlsParameters;
import dev.mailservice.maincf.table.Loaded;
import dev.mailservice.maincf.table.TableSource;
import dev.mailservice.smtpd.client.TlsSession;
import dev.mailservice.smtpd.client.TlsSession.Certificate;
import dev.mailservice.smtpd.table.Reloading;
import dev.mailservice.smtpd.table.TableDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;

/**
 * Begins TLS with clients, with the certificates of the moment. Safe for use by several threads.
 */
public final class TlsServer {
  private final TlsSettings settings;
  private final Supplier<Optional<TlsContext>> context;

  /**
   * Reads the certificates that {@code main.cf} names; what is wrong with them is among the
   * diagnostics of {@code tables}, and a change is noticed as that of a table is.
   *
   * @param settings what the rest of {@code main.cf} says of TLS
   * @param now the time, for certificates that are past theirs
   */
  public static TlsServer open(
      Configuration main, TlsSettings settings, TableDirectory tables, Supplier<Instant> now) {
    if (settings.level() == TlsSettings.Level.NONE) {
      return new TlsServer(settings, Optional::empty);
    }
    List<Diagnostic> warnings = TlsSettings.warnings(main);
    Reloading<Optional<TlsContext>> context =
        tables.files(
            List.of(settings.certificates(), settings.clients(), warnings),
            withWarnings(warnings, reader(main, settings, now)));
    return new TlsServer(settings, context::current);
  }

  private static Function<TableSource, Loaded<Optional<TlsContext>>> reader(
      Configuration main, TlsSettings settings, Supplier<Instant> now) {
    if (settings.certificates().isEmpty()) {
      // Told by Prerequisites. As in Postfix: where TLS is no more than a choice, mail goes on
      // without it.
      return source -> new Loaded<>(Optional.empty(), List.of());
    }
    String parameter =
        settings.certificates().chainFiles().isEmpty()
            ? TlsParameters.SMTPD_TLS_CERT_FILE.name()
            : TlsParameters.SMTPD_TLS_CHAIN_FILES.name();
    Position at = main.position(parameter).orElseThrow();
    return source -> TlsContext.load(settings, parameter, at, now, source);
  }

  private static Function<TableSource, Loaded<Optional<TlsContext>>> withWarnings(
      List<Diagnostic> warnings, Function<TableSource, Loaded<Optional<TlsContext>>> reader) {
    return source -> {
      Loaded<Optional<TlsContext>> loaded = reader.apply(source);
      return new Loaded<>(
          loaded.value(), Stream.concat(warnings.stream(), loaded.diagnostics().stream()).toList());
    };
  }

  TlsServer(TlsSettings settings, Supplier<Optional<TlsContext>> context) {
    this.settings = settings;
    this.context = context;
  }

  /** A connection within TLS. */
  public static final class Secured {
    private final SSLSocket socket;
    private final TlsSession session;
    private final boolean resumed;

    private Secured(SSLSocket socket, TlsSession session, boolean resumed) {
      this.socket = socket;
      this.session = session;
      this.resumed = resumed;
    }

    /** What was agreed on. */
    public TlsSession session() {
      return session;
    }

    /** Whether it goes on from an earlier one. */
    public boolean isResumed() {
      return resumed;
    }

    /** What the client says. */
    public InputStream in() throws IOException {
      return socket.getInputStream();
    }

    /** What it is told. */
    public OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    /** Tells the client that no more will come, so that it knows that nothing was cut off. */
    public void end() throws IOException {
      socket.shutdownOutput();
    }
  }

  /** What {@code main.cf} says. */
  public TlsSettings settings() {
    return settings;
  }

  /** Whether there is a certificate to begin with. */
  public boolean isAvailable() {
    return context.get().isPresent();
  }

  /**
   * Shakes hands. Blocks for as long as the client takes: who is in a hurry closes the socket.
   *
   * @param plain the connection, of which nothing more may be read in plain text
   * @throws HandshakeException if the handshake fails
   */
  public Secured accept(Socket plain) throws HandshakeException {
    try {
      TlsContext now = context.get().orElseThrow(() -> new IOException("no certificate"));
      var observed = new ObservedSocket(plain);
      var socket =
          (SSLSocket)
              now.context()
                  .getSocketFactory()
                  .createSocket(
                      observed, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
      socket.setUseClientMode(false);
      socket.setSSLParameters(parameters(socket));
      socket.startHandshake();
      Optional<Hellos> hellos = Hellos.read(observed.heard(), observed.said());
      return new Secured(
          socket,
          session(socket.getSession(), now, hellos),
          hellos.filter(Hellos::resumed).isPresent());
    } catch (IOException e) {
      throw HandshakeException.of(e);
    }
  }

  private SSLParameters parameters(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(settings.floor().protocols().toArray(String[]::new));
    parameters.setCipherSuites(settings.floor().ciphers().toArray(String[]::new));
    if (!settings.floor().groups().isEmpty()) {
      parameters.setNamedGroups(settings.floor().groups().toArray(String[]::new));
    }
    parameters.setUseCipherSuitesOrder(settings.floor().serverOrder());
    parameters.setWantClientAuth(settings.clients().asksCertificate());
    return parameters;
  }

  private TlsSession session(SSLSession session, TlsContext now, Optional<Hellos> hellos) {
    String suite = session.getCipherSuite();
    int bits = CipherName.bits(suite);
    Optional<X509Certificate[]> peer = peer(session);
    return new TlsSession(
        session.getProtocol(),
        CipherName.ofOpenSsl(suite),
        bits,
        bits,
        hellos.flatMap(
            it ->
                KeyNames.of(
                    it,
                    Optional.ofNullable(session.getLocalCertificates())
                        .map(own -> own[0].getPublicKey()),
                    peer.map(chain -> chain[0].getPublicKey()))),
        peer.map(it -> certificate(it, now)));
  }

  private static Optional<X509Certificate[]> peer(SSLSession session) {
    try {
      return Optional.of(
          Arrays.stream(session.getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new));
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private Certificate certificate(X509Certificate[] chain, TlsContext now) {
    X509Certificate own = chain[0];
    try {
      return new Certificate(
          CommonName.ofSubject(own.getSubjectX500Principal()),
          CommonName.ofIssuer(own.getIssuerX500Principal()),
          fingerprint(own.getEncoded()),
          fingerprint(own.getPublicKey().getEncoded()),
          now.authorities().filter(it -> trusts(it, chain)).isPresent());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean trusts(X509TrustManager authorities, X509Certificate[] chain) {
    try {
      authorities.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private String fingerprint(byte[] der) throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance(settings.clients().digest()).digest(der);
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
  }
}
