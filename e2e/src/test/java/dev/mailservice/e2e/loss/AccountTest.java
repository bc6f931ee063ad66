package dev.mailservice.e2e.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccountTest {
  private final Letter letter = letter("one@client.example.net");

  private static Letter letter(String id) {
    return Letter.random(id, new SplittableRandom(1), 10);
  }

  private static Received nextHopHas(Map<String, Integer> times) {
    return new Received(
        times.entrySet().stream()
            .collect(
                Collectors.toMap(
                    it -> new Received.Copy(it.getKey(), Received.NEXT_HOP), Map.Entry::getValue)),
        Set.of());
  }

  private Account account(Map<String, Integer> times) {
    return Account.of(List.of(letter), nextHopHas(times), Store.PROXY);
  }

  @Test
  void whatWasAcknowledgedAndIsNotThereIsLost() {
    letter.tried(Fate.ACKNOWLEDGED);

    Account account = account(Map.of());

    assertThat(account.lost()).containsExactly(letter.id());
    assertThat(account.isGood()).isFalse();
  }

  @Test
  void whatWasNotAcknowledgedIsNotLostButNotGoodInTheEndEither() {
    letter.tried(Fate.UNKNOWN);

    Account account = account(Map.of());

    assertThat(account.lost()).isEmpty();
    assertThat(account.isGood()).isFalse();
  }

  @Test
  void aDuplicateOfAMessageWhoseClientDidNotKnowIsExplained() {
    letter.tried(Fate.UNKNOWN);
    letter.tried(Fate.ACKNOWLEDGED);

    Account account = account(Map.of(letter.id(), 2));

    assertThat(account.duplicates()).isEqualTo(1);
    assertThat(account.afterUnknown()).isEqualTo(1);
    assertThat(account.isGood()).isTrue();
  }

  @Test
  void aDuplicateAfterANoToTheFinalDotIsExplainedByThat() {
    letter.tried(Fate.REFUSED_AFTER_CONTENT);
    letter.tried(Fate.ACKNOWLEDGED);

    Account account = account(Map.of(letter.id(), 2));

    assertThat(account.afterRefusal()).isEqualTo(1);
    assertThat(account.isGood()).isTrue();
  }

  @Test
  void aDuplicateOfAMessageThatWasNeverSentWholeBeforeIsNotExplained() {
    letter.tried(Fate.NOT_SENT);
    letter.tried(Fate.REFUSED);
    letter.tried(Fate.ACKNOWLEDGED);

    Account account = account(Map.of(letter.id(), 2));

    assertThat(account.unexplained()).isEqualTo(1);
    assertThat(account.isGood()).isFalse();
  }

  @Test
  void aMessageThatNobodyHasSentIsDamage() {
    letter.tried(Fate.ACKNOWLEDGED);

    Account account = account(Map.of(letter.id(), 1, "other@client.example.net", 1));

    assertThat(account.damaged()).isEqualTo(1);
    assertThat(account.isGood()).isFalse();
  }

  @Test
  void everyRecipientOfAMaildirHasToHaveTheMessage() {
    letter.tried(Fate.ACKNOWLEDGED);
    var all = Received.wanted(letter, Store.MAILDIR);
    var allButTheLast =
        all.subList(0, all.size() - 1).stream().collect(Collectors.toMap(it -> it, it -> 1));

    Account account =
        Account.of(List.of(letter), new Received(allButTheLast, Set.of()), Store.MAILDIR);

    assertThat(account.lost()).containsExactly(letter.id());
  }
}
