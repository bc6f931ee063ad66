package dev.mailservice.smtpd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the image's AOT cache (JEP 483, 514, 515): runs the very files of the image, has them take
 * some mail, and leaves {@code smtpd.aot} beside them. Part of the build, after {@code package} has
 * put those files together. Java accepts a cache for the same {@code modules} file, whatever folder
 * it is in; so it may be made here and used in {@code /app}, by nobody who is root. Whether the
 * jars are the same is for this class to see to: Java 25 does not look.
 */
final class ImageTraining {
  private static final Pattern STARTED = Pattern.compile("started: /(127\\.0\\.0\\.1):(\\d+), ");
  private static final Pattern CREATED = Pattern.compile("AOTCache creation is complete: .*");
  private static final String CACHE = "smtpd.aot";

  /** As many as make the Java virtual machine know what is called often. */
  private static final int MAILS = 200;

  private static final int PATIENCE_SECONDS = 120;

  private final Path root;
  private final Path app;

  private ImageTraining(Path root, Path app) {
    this.root = root;
    this.app = app;
  }

  /**
   * Trains, unless what is there was made of the same files.
   *
   * @param arguments the image's root with its Java; what becomes {@code /app}; {@code no} to make
   *     an image without a cache, which the build says aloud and the server in its log
   */
  public static void main(String[] arguments) throws Exception {
    Path app = Path.of(arguments[1]).toAbsolutePath();
    Path madeOf = app.resolveSibling("app.made-of");
    if (arguments[2].equals("no")) {
      Files.deleteIfExists(app.resolve(CACHE));
      Files.deleteIfExists(madeOf);
      System.err.println(
          "WARNING: image.training=no: THE IMAGE HAS NO AOT CACHE and starts several times slower");
      return;
    }
    var training = new ImageTraining(Path.of(arguments[0]).toAbsolutePath(), app);
    training.setTimes();
    String files = training.digest();
    if (Files.exists(app.resolve(CACHE))
        && Files.exists(madeOf)
        && Files.readString(madeOf).equals(files)) {
      return;
    }
    Files.deleteIfExists(app.resolve(CACHE));
    Files.deleteIfExists(app.resolve(CACHE + ".config"));
    try {
      training.run();
    } catch (IOException | RuntimeException e) {
      System.err.printf(
          "image-training: no AOT cache: %s%nimage-training: it wants to run %s on this machine;"
              + " where that is not possible, -Dimage.training=no makes an image that starts"
              + " several times slower%n",
          e.getMessage(), training.java());
      System.exit(1);
    }
    training.setTimes();
    Files.writeString(madeOf, files);
  }

  private Path java() {
    return root.resolve("opt/java/bin/java");
  }

  /** Those that Jib gives to files of an image, one second after the epoch. */
  private void setTimes() throws IOException {
    for (Path file : files()) {
      Files.setLastModifiedTime(file, FileTime.from(1, TimeUnit.SECONDS));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(app)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String digest() throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(Files.readAllBytes(root.resolveSibling(root.getFileName() + ".made-of")));
    for (Path file : files()) {
      if (!file.endsWith(CACHE)) {
        digest.update(app.relativize(file).toString().getBytes(UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void run() throws Exception {
    Path folder = Files.createTempDirectory(app.getParent(), "training");
    try (var nextHop = new TestNextHop()) {
      Files.writeString(folder.resolve("main.cf"), mainCf(folder, nextHop));
      int admin = TestPorts.free();
      Process server = start(folder, admin);
      try {
        BufferedReader log = server.inputReader(UTF_8);
        InetSocketAddress address = awaitStart(log);
        sendMails(address);
        refuse(address);
        encrypt(address);
        scrape(admin);
        end(server, log);
      } finally {
        server.destroyForcibly();
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
    if (!Files.exists(app.resolve(CACHE))) {
      throw new IOException("Java has made none");
    }
  }

  private static String mainCf(Path folder, TestNextHop nextHop)
      throws IOException, InterruptedException, GeneralSecurityException {
    return """
    compatibility_level = 3.6
    myhostname = mx.example.test
    mydestination = example.test
    mynetworks = 127.0.0.0/8
    smtpd_banner = $myhostname ESMTP${stress? (condition RED)}
    smtpd_timeout = ${stress?5}${stress:300}
    smtpd_hard_error_limit = ${stress?1}${stress:20}
    smtpd_recipient_restrictions = reject_unknown_sender_domain, permit
    smtpd_sender_restrictions = inline:{ { spammer@example.org = REJECT } }
    smtpd_relay_restrictions = reject_unauth_destination
    smtpd_tls_security_level = may
    smtpd_tls_loglevel = 1
    smtpd_tls_chain_files = %s
    smtpd_proxy_filter = %s
    """
        .formatted(chain(folder), nextHop.address());
  }

  /** A key and a certificate by what every JDK has. */
  private static Path chain(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("mx.p12");
    String command =
        "-genkeypair -alias mx -keyalg EC -groupname secp256r1 -dname CN=mx.example.test"
            + " -storetype PKCS12 -storepass training -keystore "
            + store;
    var keytool =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    keytool.addAll(List.of(command.split(" ")));
    TestCertificates.run(keytool);
    char[] password = "training".toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    Path file = folder.resolve("mx.pem");
    Files.writeString(
        file,
        pem("PRIVATE KEY", keys.getKey("mx", password).getEncoded())
            + pem("CERTIFICATE", keys.getCertificate("mx").getEncoded()));
    return file;
  }

  private static String pem(String what, byte[] content) {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }

  /** The operator's command line, but for ports. */
  private Process start(Path folder, int admin) throws IOException {
    var builder =
        new ProcessBuilder(
                java().toString(),
                "@" + app.resolve("java.options"),
                "-XX:AOTCacheOutput=" + app.resolve(CACHE),
                // What it tells of classes that it leaves out is of no use to who builds.
                "-Xlog:aot=error",
                "-cp",
                app.resolve("smtpd.jar").toString(),
                "dev.mailservice.smtpd.Main",
                "-c",
                folder.toString(),
                "--listen",
                "127.0.0.1:0",
                "--admin",
                "127.0.0.1:" + admin,
                "--drain-timeout",
                "30s",
                "-o",
                "default_process_limit=100",
                "-o",
                "stress=")
            .redirectErrorStream(true);
    builder.environment().clear(); // JAVA_TOOL_OPTIONS, for example.
    return builder.start();
  }

  private static InetSocketAddress awaitStart(BufferedReader log) throws IOException {
    var said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return new InetSocketAddress(started.group(1), Integer.parseInt(started.group(2)));
      }
    }
    throw new IOException("the server does not start: " + said);
  }

  private static void sendMails(InetSocketAddress address) throws IOException {
    for (int i = 0; i < MAILS; i++) {
      try (var client = new TestClient(address)) {
        client.reply();
        expect(client.say(i % 4 == 0 ? "HELO client.test" : "EHLO client.test"), "250");
        for (int mail = 0; mail <= i % 2; mail++) {
          expect(client.say("MAIL FROM:<joe@example.test>"), "250");
          expect(client.say("RCPT TO:<user@example.test>"), "250");
          expect(client.say("DATA"), "354");
          expect(
              client.say("Subject: training\r\n\r\n" + "A line of text.\r\n".repeat(99) + "."),
              "250");
        }
        expect(client.say("QUIT"), "221");
      }
    }
  }

  private static void refuse(InetSocketAddress address) throws IOException {
    try (var client = new TestClient(address)) {
      client.reply();
      expect(client.say("EHLO client.test"), "250");
      expect(client.say("AUTH PLAIN AGpvZQBzZWNyZXQ="), "503");
      expect(client.say("NONSENSE"), "5");
      expect(client.say("MAIL FROM:<spammer@example.org>"), "250");
      expect(client.say("RCPT TO:<user@example.test>"), "554");
      expect(client.say("RSET"), "250");
      expect(client.say("MAIL FROM:<>"), "250");
      expect(client.say("RCPT TO:<user@elsewhere.test>"), "554");
      expect(client.say("QUIT"), "221");
    }
  }

  private static void encrypt(InetSocketAddress address) throws Exception {
    for (int i = 0; i < MAILS / 10; i++) {
      try (TestTlsClient client = TestTlsClient.startTls(address)) {
        expect(client.say("EHLO client.test"), "250");
        expect(client.say("MAIL FROM:<joe@example.test>"), "250");
        expect(client.say("RCPT TO:<user@example.test>"), "250");
        expect(client.say("DATA"), "354");
        expect(client.say("Subject: training\r\n\r\n."), "250");
        expect(client.say("QUIT"), "221");
      }
    }
  }

  private static void scrape(int admin) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/readyz", "/livez", "/metrics", "/metrics")) {
        var request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + path)).build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
          throw new IOException("%s answers %d".formatted(path, status));
        }
      }
    }
  }

  private static void expect(String reply, String beginning) throws IOException {
    if (!reply.startsWith(beginning)) {
      throw new IOException("the server says \"%s\", want: %s".formatted(reply, beginning));
    }
  }

  /** A drain; Java makes the cache then, in a process of its own. */
  private static void end(Process server, BufferedReader log)
      throws IOException, InterruptedException {
    server.toHandle().destroy(); // Process.destroy() would close the log as well.
    var said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
    }
    if (!server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || server.exitValue() != 0) {
      throw new IOException("the server does not end well: " + said);
    }
    if (!CREATED.matcher(said).find()) {
      throw new IOException(said.toString());
    }
  }
}
