package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import dev.mailservice.smtpd.log.LogFormat;
import dev.mailservice.smtpd.session.MailLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a client says, it writes no line of the log and no field of one. */
class LogForgeryTest {
  private static final String MAIN_CF =
      """
      myhostname = mx.example.test
      mydestination = example.test
      smtpd_peername_lookup = no
      smtpd_client_connection_count_limit = 0
      smtpd_error_sleep_time = 0
      smtpd_hard_error_limit = 1000
      smtpd_helo_required = no
      smtpd_proxy_filter = 127.0.0.1:1
      stress =
      """;

  /** What a forger would say, and any other byte. */
  private static final List<String> TRICKS =
      List.of(
          "\r",
          "\0",
          "\033[2K",
          "\u00c2\u0085",
          "\u00e2\u0080\u00a8",
          "\u00e2\u0080\u00ae",
          "\u00ff",
          "\"",
          "\\",
          "\\n",
          "\\u000a",
          "> to=<",
          "> proto=SMTP helo=<",
          "\"},{\"event\":\"accept\",\"client_address\":\"192.0.2.99\",\"x\":\"",
          " from evil.test[192.0.2.99]",
          "Nov 25 11:05:00 host postfix/smtpd[1]: connect from evil.test[192.0.2.99]",
          "warning: unknown[192.0.2.99]: SASL LOGIN authentication failed: x");

  private static final Pattern LINE =
      Pattern.compile("\\w{3} \\d\\d \\d\\d:\\d\\d:\\d\\d host postfix/smtpd\\[(\\d+)\\]: (.*)");
  private static final Pattern CLIENT = Pattern.compile("from [^ \\[]*\\[([^\\]]*)\\]");
  private static final Pattern OF_THE_LOG =
      Pattern.compile("(connect|disconnect|lost connection|NOQUEUE: reject:|too many errors).*");

  @Provide
  static Arbitrary<List<String>> conversations() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(TRICKS),
            Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(10));
    Arbitrary<String> text = piece.list().ofMaxSize(4).map(it -> String.join("", it));
    Arbitrary<String> line =
        text.flatMap(
            it ->
                Arbitraries.of(
                    "HELO " + it,
                    "EHLO a" + it,
                    "MAIL FROM:<" + it + "@client.test>",
                    "MAIL FROM:<\"" + it + "\"@client.test>",
                    "RCPT TO:<" + it + "@example.test>",
                    "RCPT TO:<\"" + it + "\"@elsewhere.test>",
                    "VRFY " + it,
                    "ETRN " + it,
                    "AUTH " + it,
                    "XCLIENT NAME=" + it,
                    it));
    return line.map(it -> it.replace("\n", "")).list().ofMinSize(1).ofMaxSize(8);
  }

  /** Runs a session and returns the lines that were logged of it. */
  private static List<String> logged(String format, List<String> conversation) throws Exception {
    var lines = new CopyOnWriteArrayList<String>();
    var log =
        new MailLog(
            LogFormat.named(format),
            line -> lines.add(new String(line, StandardCharsets.UTF_8)),
            Clock.systemUTC(),
            new MailLog.Source("host", "postfix"));
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Configuration main = Configuration.of(MainCf.parse("main.cf", MAIN_CF), SmtpdParameters.all());
    try (var smtpd = new Smtpd(main, anyPort, anyPort, log)) {
      smtpd.start();
      try (var client = new TestClient(smtpd.address())) {
        client.reply();
        sayAll(client, conversation);
      }
      await().until(() -> smtpd.usage().active() == 0);
    }
    lines.removeFirst(); // started: …
    return lines;
  }

  private static void sayAll(TestClient client, List<String> conversation) throws IOException {
    try {
      for (String line : conversation) {
        client.send(line + "\r\n");
      }
      client.send("QUIT\r\n");
    } catch (SocketException e) {
      // Told 421 and hung up on: what it wanted to say after that is nobody's.
      return;
    }
    String reply = client.lastLine();
    while (!reply.startsWith("221") && !reply.equals("(closed)") && !reply.startsWith("421")) {
      reply = client.lastLine();
    }
  }

  @Property(tries = 75)
  void as_text(@ForAll("conversations") List<String> conversation) throws Exception {
    List<String> lines = logged("text", conversation);
    var sessions = new HashSet<String>();
    var said = new ArrayList<String>();
    for (String line : lines) {
      assertThat(line).endsWith("\n");
      String text = line.substring(0, line.length() - 1);
      assertThat(text.codePoints()).noneMatch(Character::isISOControl);
      Matcher whole = LINE.matcher(text);
      assertThat(whole.matches()).as(text).isTrue();
      sessions.add(whole.group(1));
      said.add(whole.group(2));
      if (OF_THE_LOG.matcher(whole.group(2)).matches()) {
        Matcher client = CLIENT.matcher(whole.group(2));
        assertThat(client.find()).as(text).isTrue();
        assertThat(client.group(1)).as(text).isEqualTo("127.0.0.1");
      }
    }
    assertThat(sessions).hasSize(1);
    assertThat(said).filteredOn(it -> it.startsWith("connect from ")).hasSize(1);
    assertThat(said.getLast()).startsWith("disconnect from unknown[127.0.0.1] ");
  }

  @Property(tries = 75)
  void as_JSON(@ForAll("conversations") List<String> conversation) throws Exception {
    List<String> lines = logged("json", conversation);
    for (String line : lines) {
      assertThat(line).endsWith("}\n");
      assertThat(line.substring(0, line.length() - 1).codePoints())
          .noneMatch(Character::isISOControl);
      Map<String, String> fields = parsed(line);
      assertThat(fields)
          .containsEntry("client_address", "127.0.0.1")
          .containsEntry("client_name", "unknown")
          .containsEntry("program", "postfix/smtpd")
          .doesNotContainKey("x");
    }
    assertThat(lines).filteredOn(it -> "connect".equals(parsed(it).get("event"))).hasSize(1);
    assertThat(parsed(lines.getLast())).containsEntry("event", "disconnect");
    assertThat(lines).noneMatch(it -> "accept".equals(parsed(it).get("event")));
  }

  private static Map<String, String> parsed(String line) {
    var fields = new HashMap<String, String>();
    try (JsonParser parser = new JsonFactory().createParser(line)) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        assertThat(fields.put(name, parser.getText())).as("a field twice").isNull();
      }
      assertThat(parser.nextToken()).isNull();
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
    return fields;
  }
}
