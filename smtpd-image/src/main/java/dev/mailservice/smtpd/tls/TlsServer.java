package dev.mailservice.smtpd.tls;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.parameters.TlsParameters;
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
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;

/**
 * Begins TLS with clients, with the certificates of the moment. Safe for use by several threads.
 */
public final class TlsServer {
  /** A CN in a name of RFC 2253. */
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|[,+])CN=((?:\\\\.|[^,+\\\\])*)");

  private final TlsSettings settings;
  private final Supplier<Optional<TlsContext>> context;
  private final String[] protocols;

  /**
   * Reads the certificates that {@code main.cf} names; what is wrong with them is among the
   * diagnostics of {@code tables}, and a change is noticed as that of a table is.
   *
   * @param now the time, for certificates that are past theirs
   * @throws IllegalArgumentException if a setting cannot be
   */
  public static TlsServer open(Configuration main, TableDirectory tables, Supplier<Instant> now) {
    TlsSettings settings = TlsSettings.from(main);
    String parameter =
        settings.certificates().chainFiles().isEmpty()
            ? TlsParameters.SMTPD_TLS_CERT_FILE.name()
            : TlsParameters.SMTPD_TLS_CHAIN_FILES.name();
    if (settings.level() == TlsSettings.Level.NONE) {
      return new TlsServer(settings, Optional::empty);
    }
    if (settings.certificates().isEmpty() && settings.level() == TlsSettings.Level.MAY) {
      // As in Postfix: where TLS is no more than a choice, mail goes on without it.
      return new TlsServer(settings, Optional::empty);
    }
    if (settings.certificates().isEmpty()) {
      throw new IllegalArgumentException(
          "%s is set and there is no certificate, want: smtpd_tls_chain_files or %s"
              .formatted(TlsParameters.SMTPD_TLS_SECURITY_LEVEL.name(), parameter));
    }
    Position at = main.position(parameter).orElseThrow();
    Reloading<Optional<TlsContext>> context =
        tables.files(
            parameter,
            List.of(settings.certificates(), settings.clients()),
            source -> TlsContext.load(settings, parameter, at, now, source));
    return new TlsServer(settings, context::current);
  }

  TlsServer(TlsSettings settings, Supplier<Optional<TlsContext>> context) {
    this.settings = settings;
    this.context = context;
    this.protocols = settings.floor().protocols().toArray(String[]::new);
  }

  /**
   * A connection within TLS.
   *
   * @param socket ends TLS when it is closed
   * @param session what was agreed on
   * @param isResumed whether it goes on from an earlier one
   */
  public record Secured(Socket socket, TlsSession session, boolean isResumed) {
    /** What the client says. */
    public InputStream in() throws IOException {
      return socket.getInputStream();
    }

    /** What it is told. */
    public OutputStream out() throws IOException {
      return socket.getOutputStream();
    }
  }

  /** What {@code main.cf} says. */
  public TlsSettings settings() {
    return settings;
  }

  /** Whether there is a certificate to begin with. */
  public boolean isAvailable() {
    return settings.level() != TlsSettings.Level.NONE && context.get().isPresent();
  }

  /**
   * Shakes hands. Blocks for as long as the client takes: who is in a hurry closes the socket.
   *
   * @param plain the connection, of which nothing more may be read in plain text
   * @throws IOException if the handshake fails; the message is for the log
   */
  public Secured accept(Socket plain) throws IOException {
    TlsContext now = context.get().orElseThrow(() -> new IOException("no certificate"));
    var socket =
        (SSLSocket)
            now.context()
                .getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.setSSLParameters(parameters(socket));
    long begun = System.currentTimeMillis();
    socket.startHandshake();
    SSLSession session = socket.getSession();
    return new Secured(socket, session(session, now), session.getCreationTime() < begun);
  }

  private SSLParameters parameters(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(protocols);
    List<String> all = List.of(parameters.getCipherSuites());
    parameters.setCipherSuites(
        all.stream()
            .filter(suite -> !suite.equals("TLS_EMPTY_RENEGOTIATION_INFO_SCSV"))
            .filter(
                suite ->
                    settings.floor().excluded().stream()
                        .noneMatch(word -> CipherName.excludes(word, suite, all)))
            .toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(settings.floor().serverOrder());
    parameters.setWantClientAuth(settings.clients().asksCertificate());
    return parameters;
  }

  private TlsSession session(SSLSession session, TlsContext now) {
    String suite = session.getCipherSuite();
    int bits = CipherName.bits(suite);
    return new TlsSession(
        session.getProtocol(),
        CipherName.ofOpenSsl(suite),
        bits,
        bits,
        "",
        certificate(session, now));
  }

  private Optional<Certificate> certificate(SSLSession session, TlsContext now) {
    try {
      X509Certificate[] chain =
          Arrays.stream(session.getPeerCertificates())
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      X509Certificate own = chain[0];
      return Optional.of(
          new Certificate(
              commonName(own.getSubjectX500Principal().getName()),
              commonName(own.getIssuerX500Principal().getName()),
              fingerprint(own.getEncoded()),
              fingerprint(own.getPublicKey().getEncoded()),
              now.authorities().filter(it -> trusts(it, chain)).isPresent()));
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String commonName(String name) {
    Matcher matcher = COMMON_NAME.matcher(name);
    return matcher.find() ? matcher.group(1).replaceAll("\\\\(.)", "$1") : "";
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
    String digest = settings.clients().digest();
    String algorithm = digest.toUpperCase(Locale.ROOT).replaceFirst("^SHA(?=\\d)", "SHA-");
    byte[] hash = MessageDigest.getInstance(algorithm).digest(der);
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
  }
}
