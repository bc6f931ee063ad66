package dev.mailservice.e2e.load;

import dev.mailservice.e2e.sink.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every message that clients have offered, by Message-ID, and what they were told of it. Held
 * against the sink's {@link Ledger} it tells whether a message was lost.
 */
public final class ClientLedger {
  /** What a client knows of its message. */
  private enum Fate {
    OFFERED,
    ACKNOWLEDGED,
    REFUSED
  }

  private final Map<String, Fate> fates = new ConcurrentHashMap<>();
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private final Map<String, Integer> breaks = new ConcurrentHashMap<>();

  /** Notes a message before a word of it is said. */
  public void offered(String messageId) {
    fates.put(messageId, Fate.OFFERED);
  }

  /** Notes that the server has said 250 to its final dot. */
  public void acknowledged(String messageId) {
    fates.put(messageId, Fate.ACKNOWLEDGED);
  }

  /**
   * Notes that the server has said no, at any step.
   *
   * @param reply its words, to be counted
   */
  public void refused(String messageId, String reply) {
    fates.put(messageId, Fate.REFUSED);
    refusals.merge(reply, 1, Integer::sum);
  }

  /**
   * Notes that the session broke before there was a reply: the message may have been received, or
   * not.
   *
   * @param why to be counted
   */
  public void broken(String messageId, String why) {
    breaks.merge(why, 1, Integer::sum);
  }

  /** Holds it against what the next hop has received. */
  public Verdict verdict(Ledger.Snapshot received) {
    var counts = new Counts();
    fates.forEach((id, fate) -> counts.count(id, fate, received.messages().getOrDefault(id, 0)));
    int known = (int) received.messages().keySet().stream().filter(fates::containsKey).count();
    return new Verdict(
        fates.size(),
        counts.acknowledged,
        new TreeMap<>(refusals),
        new TreeMap<>(breaks),
        counts.received,
        counts.lost,
        counts.again,
        counts.receivedThoughRefused,
        counts.receivedThoughUnanswered,
        received.messages().size() - known + received.withoutMessageId());
  }

  private static final class Counts {
    private long acknowledged;
    private long received;
    private final List<String> lost = new ArrayList<>();
    private long again;
    private long receivedThoughRefused;
    private long receivedThoughUnanswered;

    void count(String id, Fate fate, int times) {
      if (times > 0) {
        received++;
        again += times - 1;
      }
      switch (fate) {
        case ACKNOWLEDGED -> {
          acknowledged++;
          if (times == 0) {
            lost.add(id);
          }
        }
        case REFUSED -> receivedThoughRefused += times > 0 ? 1 : 0;
        case OFFERED -> receivedThoughUnanswered += times > 0 ? 1 : 0;
      }
    }
  }

  /**
   * What became of all messages.
   *
   * @param offered how many clients began to send
   * @param acknowledged how many the server said 250 to
   * @param refusals how many it said no to, by its words
   * @param breaks how many were left without an answer, by what broke
   * @param received how many of those offered have reached the next hop
   * @param acknowledgedAndLost Message-IDs of those acknowledged that have not
   * @param duplicates how often one reached it once more
   * @param receivedThoughRefused how many reached it and were refused all the same
   * @param receivedThoughUnanswered how many reached it while their client was left alone
   * @param strangers what reached it that nobody here has offered, or that has no Message-ID
   */
  public record Verdict(
      long offered,
      long acknowledged,
      Map<String, Integer> refusals,
      Map<String, Integer> breaks,
      long received,
      List<String> acknowledgedAndLost,
      long duplicates,
      long receivedThoughRefused,
      long receivedThoughUnanswered,
      long strangers) {
    /** Copies what could change. */
    public Verdict {
      acknowledgedAndLost = List.copyOf(acknowledgedAndLost);
    }

    /** Whether each message was acknowledged and received once: nothing else is fit to be timed. */
    public boolean flawless() {
      return acknowledged == offered
          && acknowledgedAndLost.isEmpty()
          && duplicates == 0
          && strangers == 0;
    }
  }
}
