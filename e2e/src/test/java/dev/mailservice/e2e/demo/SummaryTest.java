package dev.mailservice.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mailservice.e2e.json.Json;
import dev.mailservice.e2e.sink.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Ledger.Snapshot LEDGER =
      new Ledger.Snapshot(RecordedRun.START.minusSeconds(60), 0, Map.of("1@example.net", 1));

  private final RunRecord run = RecordedRun.record();
  private final Summary summary = Summary.of(run, RecordedRun.floodSummary(), LEDGER, true);

  @Test
  void theShareFromTheOnsetLeavesOutWhatWasOfferedBeforeAndAfterTheFlood() {
    assertThat(summary.share()).isEqualTo(248 / 250.0);
    assertThat(summary.shareFromOnset()).isEqualTo(0.99);
    assertThat(summary.shareCalm()).isEqualTo(1);
    assertThat(summary.shareAfterFlood()).isEqualTo(0.99);
    assertThat(summary.p50S()).isEqualTo(2);
    assertThat(summary.p99S()).isEqualTo(9.5);
  }

  @Test
  void timesCountFromTheOnsetToWhatTheWatchTold() {
    assertThat(summary.onsetToPatchS()).isEqualTo(0.9);
    assertThat(summary.stressToScaleS()).isEqualTo(1.2);
    assertThat(summary.onsetToFirstStressedBannerS()).isEqualTo(2.5);
    assertThat(summary.floodEndToCalmS()).isEqualTo(15);
    assertThat(summary.replicasMax()).isEqualTo(2);
  }

  @Test
  void mailThatWasAcknowledgedAndIsNotInTheLedgerIsLost() {
    assertThat(summary.acknowledged()).isEqualTo(2);
    assertThat(summary.acknowledgedLost()).isEqualTo(1);
  }

  @Test
  void aCalmPodMadeBetweenTheDecisionsCountsAndOneOfTheWayBackDoesNot() {
    assertThat(summary.calmPodsAfterDecision()).isZero();

    List<FleetChange> withCalmPod =
        Stream.concat(
                run.fleet().stream(),
                Stream.of(new FleetChange.PodCreated(RecordedRun.at(3), "mx-calm-2", false)))
            .toList();
    RunRecord worse = new RunRecord(run.flood(), withCalmPod, run.samples());

    assertThat(Summary.of(worse, RecordedRun.floodSummary(), LEDGER, true).calmPodsAfterDecision())
        .isEqualTo(1);
  }

  @Test
  void aFleetThatNeverWasStressedHasNotReverted() {
    RunRecord calm = new RunRecord(run.flood(), List.of(), run.samples());

    Summary untouched = Summary.of(calm, RecordedRun.floodSummary(), LEDGER, true);

    assertThat(untouched.reverted()).isFalse();
    assertThat(untouched.onsetToPatchS()).isNull();
    assertThat(untouched.stressToScaleS()).isNull();
  }

  @Test
  void theJsonBeginsWithTheKeysThatOthersRelyOn() throws IOException {
    ObjectMapper mapper = Json.mapper();
    JsonNode json = mapper.readTree(mapper.writeValueAsString(summary));

    assertThat(json.properties().stream().map(Map.Entry::getKey).limit(12))
        .containsExactly(
            "good_offered",
            "good_accepted",
            "share",
            "share_from_onset",
            "p50_s",
            "p99_s",
            "onset_to_patch_s",
            "onset_to_first_stressed_banner_s",
            "replicas_max",
            "reverted",
            "acknowledged",
            "acknowledged_lost");
    assertThat(mapper.treeToValue(json, Summary.class)).isEqualTo(summary);
  }

  @Test
  void wordsSayTheSame() {
    assertThat(Narration.of(summary))
        .isEqualTo(
            """
            Good mail from the flood's onset to its end: 99.0 % accepted, half of it within 2.0 s, 99 of 100 within 9.5 s.
            The whole run: 250 offered, 248 accepted (99.2 %), 1 refused {421=1}, 1 timed out, 0 broken.
            The operator turned stress on 900 ms after the onset, more pods followed 1.2 s later, the first stressed greeting came 2.5 s after the onset.
            At most 2 pods; calm again by itself, decided 15.0 s after the hogs were gone.
            Acknowledged to a client: 2 mails; the next hop lacks 1 of them.
            """);
  }
}
