package dev.mailservice.e2e.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mailservice.e2e.bench.report.Curve.Line;
import dev.mailservice.e2e.bench.report.Curve.Point;
import dev.mailservice.e2e.bench.report.Curve.Side;
import dev.mailservice.e2e.json.Json;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PageTest {
  private static final SectionReport SECTION =
      new SectionReport(
          "speed",
          "how <fast> it is",
          List.of("a condition & another"),
          List.of(
              Row.of("kept", "m/s", List.of(4.0, 5.0, 6.0), List.of(2.0), Floor.atLeastTimes(2)),
              Row.of("missed", "m/s", List.of(4.0), List.of(2.5), Floor.atLeastTimes(2)),
              Row.of("alone", "s", List.of(0.0), List.of(), null)),
          List.of(
              new Curve(
                  "memory",
                  "sessions",
                  "MB",
                  List.of(
                      new Line(Side.OURS, "this server", List.of(new Point(0, 1), new Point(9, 3))),
                      new Line(Side.POSTFIX, "Postfix", List.of()))),
              new Curve("nothing", "x", "y", List.of())),
          List.of(Map.of("messages", 17)));

  private static final Report REPORT =
      new Report(
          Instant.EPOCH,
          "e2e/bench smtpd speed",
          new Machine("a \"CPU\"", 2, "6.1", 1L << 33, 0.1),
          new Versions("25", "3.7", "abc"),
          List.of(SECTION));

  private final String html = Page.html(REPORT);

  @Test
  void needsNeitherNetworkNorScript() {
    assertThat(html).doesNotContain("http:", "https:", "<script", "@import", "url(");
  }

  @Test
  void leavesNoPlaceholderAndNoBrokenNumber() {
    assertThat(html).doesNotContain("{{", "NaN", "Infinity", "null", "%s");
  }

  @Test
  void showsWordsOfOthersEscaped() {
    assertThat(html).contains("how &lt;fast&gt; it is", "a condition &amp; another");
  }

  @Test
  void saysOfEachFloorWhetherItIsKept() {
    assertThat(html).contains("kept: at least 2 times Postfix", "MISSED: at least 2 times Postfix");
  }

  @Test
  void drawsWellFormedCurves() throws Exception {
    String[] parts = html.split("<svg ");
    assertThat(parts).hasSize(3);
    for (int index = 1; index < parts.length; index++) {
      String svg = "<svg " + parts[index].substring(0, parts[index].indexOf("</svg>") + 6);
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
    }
  }

  @Test
  void theTextHasALineForEachRow() {
    assertThat(TextReport.of(SECTION).lines().map(String::strip))
        .contains(
            "kept    m/s      5        2    2.5     3  kept: at least 2 times Postfix",
            "missed  m/s      4      2.5    1.6     1  MISSED: at least 2 times Postfix",
            "alone   s        0        –      –     1");
  }

  @Test
  void asJsonItHasEverySingleRun() {
    ObjectMapper json = Json.mapper();
    JsonNode section = json.valueToTree(REPORT).get("sections").get(0);

    assertThat(section.at("/runs/0/messages").asInt()).isEqualTo(17);
    assertThat(section.at("/rows/0/ours_runs")).hasSize(3);
    assertThat(section.at("/rows/0/floor/words").asText()).isEqualTo("at least 2 times Postfix");
    assertThat(section.at("/rows/1/met").asText()).isEqualTo("NO");
  }
}
