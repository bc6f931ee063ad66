package dev.mailservice.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.e2e.sink.Ledger;
import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ChartTest {
  private final RunRecord run = RecordedRun.record();
  private final String html =
      Chart.html(
          run,
          Summary.of(
              run,
              RecordedRun.floodSummary(),
              new Ledger.Snapshot(RecordedRun.START, 0, Map.of()),
              true),
          RecordedRun.PLAN);

  @Test
  void needsNeitherNetworkNorScript() {
    assertThat(html).doesNotContain("http:", "https:", "<script", "@import", "url(");
  }

  @Test
  void leavesNoPlaceholderAndNoBrokenNumber() {
    assertThat(html).doesNotContain("{{", "NaN", "Infinity", "null");
  }

  @Test
  void drawsFourPanelsThatAreWellFormed() throws Exception {
    String[] parts = html.split("<svg ");
    assertThat(parts).hasSize(5);
    for (int index = 1; index < parts.length; index++) {
      String svg = "<svg " + parts[index].substring(0, parts[index].indexOf("</svg>") + 6);
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
    }
  }

  @Test
  void listsWhatHappenedWithWordsOfOthersEscaped() {
    assertThat(html)
        .contains("<td>0.9 s</td><td>the operator turns stress on</td>")
        .contains("event Saturated: the last slot &lt;is&gt; taken");
  }

  @Test
  void aRunThatNeverGotToItsFloodCanBeDrawn() {
    RunRecord empty = new RunRecord(java.util.List.of(), java.util.List.of(), java.util.List.of());
    Summary nothing =
        Summary.of(
            empty,
            RecordedRun.floodSummary(),
            new Ledger.Snapshot(RecordedRun.START, 0, Map.of()),
            false);

    assertThat(Chart.html(empty, nothing, RecordedRun.PLAN)).contains("</html>");
  }
}
