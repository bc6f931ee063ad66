package dev.mailservice.smtpd.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.reference.BesidePostfix;
import dev.mailservice.maincf.reference.PostfixReference;
import dev.mailservice.smtpd.OpensslClient;
import dev.mailservice.smtpd.Root;
import dev.mailservice.smtpd.TestNextHop;
import dev.mailservice.smtpd.TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * With the same {@code main.cf} both servers let the same clients of {@code openssl s_client} in,
 * and agree with them on the same: protocol, cipher, the key that is shown and the group of the key
 * exchange. But for what {@code docs/differences.md} lists.
 */
@BesidePostfix
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD) // The last test is about those before.
class TlsFloorsBesidePostfixTest {
  private static final int CLIENTS_AT_ONCE = 4;

  /** One lets a client in that the other refuses. */
  private enum Difference {
    TOO_OLD("TLSv1.2 is the least", false),
    NO_SUCH_CIPHER("Ciphers that the JDK has not", false),
    SUITE_EXCLUDED("A cipher of TLSv1.3 can be excluded", false),
    FINITE_FIELD("Groups of finite fields in TLSv1.3", true);

    /** The document's heading. */
    private final String why;

    private final boolean isLetInHere;

    Difference(String why, boolean isLetInHere) {
      this.why = why;
      this.isLetInHere = isLetInHere;
    }

    boolean isShownBy(String ours, String theirs) {
      boolean isLetInThere = !theirs.equals(OpensslClient.REFUSED);
      return !ours.equals(OpensslClient.REFUSED) == isLetInHere && isLetInThere != isLetInHere;
    }
  }

  /**
   * What a client can.
   *
   * @param arguments as openssl-s_client(1) wants it
   * @param difference how the servers may differ
   */
  private record Offer(String name, List<String> arguments, Optional<Difference> difference) {
    static Offer version(String option) {
      return new Offer(option, List.of(option), Optional.empty());
    }

    static Offer old(String option) {
      return new Offer(
          option,
          List.of(option, "-cipher", "DEFAULT:@SECLEVEL=0"),
          Optional.of(Difference.TOO_OLD));
    }

    /** Of TLSv1.2. */
    static Offer cipher(String name) {
      return new Offer(
          name, List.of("-tls1_2", "-cipher", name + ":@SECLEVEL=0"), Optional.empty());
    }

    static Offer suite(String name) {
      return new Offer(name, List.of("-tls1_3", "-ciphersuites", name), Optional.empty());
    }

    static Offer group(String version, String name) {
      return new Offer(version + " " + name, List.of(version, "-groups", name), Optional.empty());
    }

    Offer differs(Difference how) {
      return new Offer(name, arguments, Optional.of(how));
    }
  }

  /** Settings, and the clients that come to a server that has them. */
  private record Setting(List<String> options, List<Offer> offers) {
    static Setting of(List<Offer> offers, String... options) {
      return new Setting(List.of(options), offers);
    }

    boolean isWrapper() {
      return options.contains("smtpd_tls_wrappermode=yes");
    }
  }

  private static final List<Offer> VERSIONS =
      List.of(
          Offer.old("-tls1"),
          Offer.old("-tls1_1"),
          Offer.version("-tls1_2"),
          Offer.version("-tls1_3"));

  private static final List<Offer> CIPHERS =
      List.of(
          Offer.cipher("ECDHE-ECDSA-AES256-GCM-SHA384"),
          Offer.cipher("ECDHE-ECDSA-AES128-SHA"),
          Offer.cipher("ECDHE-RSA-AES128-GCM-SHA256"),
          Offer.cipher("ECDHE-RSA-AES256-SHA384"),
          Offer.cipher("ECDHE-RSA-CHACHA20-POLY1305"),
          Offer.cipher("DHE-RSA-AES256-GCM-SHA384"),
          Offer.suite("TLS_AES_128_GCM_SHA256"));

  private static final List<Offer> CIPHERS_OF_POSTFIX =
      Stream.of(
              "AES256-GCM-SHA384",
              "AES128-SHA",
              "ECDHE-ECDSA-AES256-CCM",
              "ECDHE-ECDSA-CAMELLIA256-SHA384",
              "ECDHE-ARIA128-GCM-SHA256",
              "ADH-AES256-GCM-SHA384",
              "AECDH-AES128-SHA")
          .map(it -> Offer.cipher(it).differs(Difference.NO_SUCH_CIPHER))
          .toList();

  private static final List<Offer> GROUPS =
      List.of(
          Offer.group("-tls1_3", "X25519"),
          Offer.group("-tls1_3", "X448"),
          Offer.group("-tls1_3", "P-256"),
          Offer.group("-tls1_3", "P-384"),
          Offer.group("-tls1_3", "P-521"),
          Offer.group("-tls1_3", "P-521:P-384:P-256"),
          Offer.group("-tls1_3", "ffdhe2048").differs(Difference.FINITE_FIELD),
          Offer.group("-tls1_2", "P-256"),
          Offer.group("-tls1_2", "P-521"));

  /** Clients that leave something to choose. */
  private static final List<Offer> CHOICES =
      List.of(
          Offer.cipher("ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-GCM-SHA384"),
          Offer.cipher("ECDHE-RSA-AES256-SHA:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA"),
          Offer.cipher("ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305"),
          Offer.suite("TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384"),
          Offer.suite("TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256"));

  /** As generators of configurations write it. */
  private static final String OF_A_GENERATOR =
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
          + ":ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305"
          + ":ECDHE-RSA-CHACHA20-POLY1305:AES128-GCM-SHA256:DES-CBC3-SHA";

  private static final String MAY = "smtpd_tls_security_level=may";
  private static final String ENCRYPT = "smtpd_tls_security_level=encrypt";
  private static final String WRAPPER = "smtpd_tls_wrappermode=yes";

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.of(VERSIONS, MAY),
          Setting.of(VERSIONS, ENCRYPT),
          Setting.of(VERSIONS, ENCRYPT, WRAPPER),
          Setting.of(VERSIONS, MAY, "smtpd_tls_protocols=!SSLv2,!SSLv3,!TLSv1,!TLSv1.1"),
          Setting.of(VERSIONS, MAY, "smtpd_tls_protocols=>=TLSv1.2"),
          Setting.of(VERSIONS, MAY, "smtpd_tls_protocols=>=TLSv1.3"),
          Setting.of(VERSIONS, MAY, "smtpd_tls_protocols=>=TLSv1.1, <=TLSv1.2"),
          Setting.of(VERSIONS, MAY, "smtpd_tls_protocols=TLSv1.2"),
          Setting.of(VERSIONS, MAY, "smtpd_tls_protocols=!TLSv1.2"),
          Setting.of(VERSIONS, MAY, "smtpd_tls_mandatory_protocols=>=TLSv1.3"),
          Setting.of(VERSIONS, ENCRYPT, "smtpd_tls_mandatory_protocols=>=TLSv1.3"),
          Setting.of(VERSIONS, ENCRYPT, "smtpd_tls_protocols=>=TLSv1.3"),
          Setting.of(VERSIONS, MAY, WRAPPER, "smtpd_tls_mandatory_protocols=<=TLSv1.2"),
          Setting.of(CIPHERS_OF_POSTFIX, MAY),
          Setting.of(CIPHERS, MAY),
          Setting.of(CIPHERS, MAY, "smtpd_tls_ciphers=high"),
          Setting.of(CIPHERS, ENCRYPT, WRAPPER, "smtpd_tls_mandatory_ciphers=high"),
          Setting.of(CIPHERS, MAY, "smtpd_tls_exclude_ciphers=aNULL, MD5, DES, RC4, 3DES"),
          Setting.of(CIPHERS, MAY, "smtpd_tls_exclude_ciphers=AES256"),
          Setting.of(CIPHERS, MAY, "smtpd_tls_exclude_ciphers=SHA1:CHACHA20, kRSA"),
          Setting.of(CIPHERS, MAY, "smtpd_tls_exclude_ciphers=aRSA"),
          Setting.of(CIPHERS, MAY, "smtpd_tls_exclude_ciphers=ECDHE+AESGCM, kDHE"),
          Setting.of(CIPHERS, MAY, "smtpd_tls_exclude_ciphers=ECDHE-RSA-AES256-SHA384"),
          Setting.of(CIPHERS, MAY, "smtpd_tls_mandatory_exclude_ciphers=AES128"),
          Setting.of(CIPHERS, ENCRYPT, "smtpd_tls_mandatory_exclude_ciphers=AES128"),
          Setting.of(
              List.of(
                  Offer.suite("TLS_AES_128_GCM_SHA256").differs(Difference.SUITE_EXCLUDED),
                  Offer.suite("TLS_AES_256_GCM_SHA384"),
                  Offer.suite("TLS_CHACHA20_POLY1305_SHA256"),
                  Offer.suite("TLS_AES_128_CCM_SHA256")),
              MAY,
              "smtpd_tls_exclude_ciphers=TLS_AES_128_GCM_SHA256"),
          Setting.of(CHOICES, MAY),
          Setting.of(CHOICES, MAY, "tls_preempt_cipherlist=yes"),
          Setting.of(CIPHERS, MAY, "tls_medium_cipherlist=" + OF_A_GENERATOR),
          Setting.of(CIPHERS, MAY, "smtpd_tls_ciphers=high", "tls_medium_cipherlist=AESGCM"),
          Setting.of(
              CHOICES,
              ENCRYPT,
              "tls_preempt_cipherlist=yes",
              "smtpd_tls_mandatory_ciphers=high",
              "tls_high_cipherlist=AES:CHACHA20:-SHA1:!kRSA:+AES256:@SECLEVEL=0"),
          Setting.of(
              CHOICES,
              MAY,
              "tls_preempt_cipherlist=yes",
              "tls_medium_cipherlist=AES128:-ECDHE:ECDHE+AES:!aECDSA:AES256"),
          Setting.of(GROUPS, MAY),
          Setting.of(GROUPS, MAY, "smtpd_tls_eecdh_grade=ultra"),
          Setting.of(GROUPS, MAY, "tls_eecdh_auto_curves=P-384 X25519"));

  private final Map<Setting, InetSocketAddress> theirs = new LinkedHashMap<>();
  private final Set<String> shown = new TreeSet<>();
  private TestNextHop nextHop;
  private PostfixMaster postfix;
  private String mainCf;

  @BeforeAll
  void start(PostfixReference reference) throws IOException {
    Root.assumed("Postfix's master can only be started by root");
    nextHop = new TestNextHop();
    mainCf =
        MainCfOfBoth.with(nextHop.address(), Logins.none())
            + "smtpd_tls_chain_files = $certificates/mx.example.test.chain"
            + " $certificates/rsa.example.test.chain\n";
    List<InetSocketAddress> ports = PostfixMaster.freePorts(SETTINGS.size());
    var masterCf =
        new StringBuilder(PostfixMaster.ASKED_BY_SMTPD).append("tlsmgr unix - - n - 1 tlsmgr\n");
    for (Setting setting : SETTINGS) {
      InetSocketAddress address = ports.get(theirs.size());
      theirs.put(setting, address);
      masterCf.append(PostfixMaster.smtpd(address, setting.options()));
    }
    postfix = PostfixMaster.start(reference, mainCf, masterCf.toString(), ports.getLast());
  }

  @AfterAll
  void end() throws IOException {
    if (postfix != null) {
      postfix.close();
    }
    if (nextHop != null) {
      nextHop.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> both_let_the_same_clients_in() {
    return Stream.concat(
        SETTINGS.stream()
            .map(it -> DynamicTest.dynamicTest(it.options().toString(), () -> compare(it))),
        Stream.of(
            DynamicTest.dynamicTest(
                "what differs is what is documented",
                () -> assertThat(shown).isEqualTo(documented()))));
  }

  private void compare(Setting setting) throws Exception {
    try (TestServer server =
            TestServer.of(mainCf, nextHop.address(), setting.options().toArray(String[]::new));
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS_AT_ONCE)) {
      var ours = new ArrayList<Future<String>>();
      var expected = new ArrayList<Future<String>>();
      for (Offer offer : setting.offers()) {
        ours.add(clients.submit(() -> outcome(server.smtpd().address(), setting, offer)));
        expected.add(clients.submit(() -> outcome(theirs.get(setting), setting, offer)));
      }
      var softly = new SoftAssertions();
      for (int i = 0; i < ours.size(); i++) {
        compare(setting.offers().get(i), ours.get(i).get(), expected.get(i).get(), softly);
      }
      softly.assertAll();
    }
  }

  private void compare(Offer offer, String ours, String theirs, SoftAssertions softly) {
    Optional<Difference> difference = offer.difference().filter(it -> it.isShownBy(ours, theirs));
    difference.ifPresent(it -> shown.add(it.why));
    if (difference.isEmpty()) {
      softly.assertThat(ours).as("with %s", offer.name()).isEqualTo(theirs);
    }
  }

  private static String outcome(InetSocketAddress server, Setting setting, Offer offer)
      throws IOException, InterruptedException {
    return OpensslClient.handshake(server, !setting.isWrapper(), offer.arguments());
  }

  private static Set<String> documented() throws IOException {
    String text = Files.readString(Path.of("../docs/differences.md"));
    int begin = text.indexOf("## In TLS handshakes");
    assertThat(begin).isNotNegative();
    return Pattern.compile("(?m)^### (.*)$")
        .matcher(text.substring(begin, text.indexOf("\n## ", begin)))
        .results()
        .map(it -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
