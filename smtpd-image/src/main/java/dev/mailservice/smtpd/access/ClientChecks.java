package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.AccessKeys;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.HostName;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.client.TlsSession;
import java.util.List;
import java.util.Optional;

/** Restrictions on who the client is: its address, names, certificate, login, manners. */
record ClientChecks(RestrictionSettings settings) {
  Verdict permitMyNetworks(Evaluation it) {
    return permitIf(settings.clients().myNetworks().hasClient(it.inquiry().client()));
  }

  Verdict permitInetInterfaces(Evaluation it) {
    return permitIf(settings.clients().isOwnAddress().test(it.inquiry().client().address()));
  }

  Verdict permitSaslAuthenticated(Evaluation it) {
    return permitIf(settings.clients().canLogIn() && it.inquiry().login().isPresent());
  }

  Verdict permitTlsAllClientcerts(Evaluation it) {
    return permitIf(certificate(it).filter(TlsSession.Certificate::trusted).isPresent());
  }

  Verdict permitTlsClientcerts(Evaluation it) {
    return permitIf(
        certificate(it)
            .filter(shown -> isListed(shown, settings.clients().relayCertificates().get()))
            .isPresent());
  }

  /** Whether one of a certificate's fingerprints, as it is, is in {@code relay_clientcerts}. */
  static boolean isListed(TlsSession.Certificate shown, Maps relayCertificates) {
    return fingerprints(shown).stream().anyMatch(it -> relayCertificates.find(it).isPresent());
  }

  /** What tables are asked about a certificate. */
  private static List<SearchKey> fingerprints(TlsSession.Certificate shown) {
    return List.of(
        SearchKey.whole(shown.fingerprint()), SearchKey.whole(shown.publicKeyFingerprint()));
  }

  static Optional<TlsSession.Certificate> certificate(Evaluation it) {
    return it.inquiry().tls().flatMap(TlsSession::certificate);
  }

  Verdict rejectUnknownClientHostname(Evaluation it) {
    Client client = it.inquiry().client();
    return named(
        it,
        client.name(),
        "4.7.25",
        "Client host rejected: cannot find your hostname, [%s]".formatted(client.address()));
  }

  Verdict rejectUnknownReverseClientHostname(Evaluation it) {
    Client client = it.inquiry().client();
    return named(
        it,
        client.reverseName(),
        "4.7.1",
        "Client host rejected: cannot find your reverse hostname, [%s]"
            .formatted(client.address()));
  }

  private Verdict named(Evaluation it, HostName name, String enhanced, String text) {
    return switch (name.status()) {
      case OK -> Verdict.UNDECIDED;
      case TEMPORARY -> it.reject(450, enhanced, text);
      case PERMANENT, FORGED -> it.reject(settings.codes().unknownClient(), enhanced, text);
    };
  }

  Verdict checkClientAccess(Evaluation it, AccessTable table) {
    Client client = it.inquiry().client();
    return table
        .ask(
            it,
            AccessKeys.client(
                client.name().text(), client.address(), settings.addresses().parents()),
            new Subject(client.toString(), Subject.Kind.CLIENT))
        .orElse(Verdict.UNDECIDED);
  }

  Verdict checkReverseClientHostnameAccess(Evaluation it, AccessTable table) {
    Client client = it.inquiry().client();
    String name = client.reverseName().text();
    return table
        .ask(
            it,
            AccessKeys.client(name, client.address(), settings.addresses().parents()),
            new Subject(name, Subject.Kind.REVERSE_CLIENT))
        .orElse(Verdict.UNDECIDED);
  }

  Verdict checkCcertAccess(Evaluation it, AccessTable table) {
    return certificate(it)
        .flatMap(
            shown ->
                table.ask(
                    it,
                    fingerprints(shown),
                    new Subject(shown.subjectCommonName(), Subject.Kind.CERTIFICATE)))
        .orElse(Verdict.UNDECIDED);
  }

  Verdict checkSaslAccess(Evaluation it, AccessTable table) {
    return it.inquiry()
        .login()
        .filter(login -> settings.clients().canLogIn())
        .map(Login::username)
        .flatMap(
            username ->
                table.ask(
                    it,
                    List.of(SearchKey.whole(username)),
                    new Subject(username, Subject.Kind.LOGIN)))
        .orElse(Verdict.UNDECIDED);
  }

  /** A client that pipelines without having been told that it may. */
  Verdict rejectUnauthPipelining(Evaluation it) {
    if (!it.inquiry().pipelined()) {
      return Verdict.UNDECIDED;
    }
    return it.reject(
        503, "5.5.0", it.subject().rejected("Improper use of SMTP command pipelining"));
  }

  Verdict rejectPlaintextSession(Evaluation it) {
    return it.inquiry().tls().isPresent()
        ? Verdict.UNDECIDED
        : it.reject(settings.codes().plaintext(), "4.7.1", "Session encryption is required");
  }

  private static Verdict permitIf(boolean holds) {
    return holds ? Verdict.PERMIT : Verdict.UNDECIDED;
  }
}
