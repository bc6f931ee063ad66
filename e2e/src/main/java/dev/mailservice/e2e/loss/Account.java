package dev.mailservice.e2e.loss;

import java.util.ArrayList;
import java.util.List;

/**
 * What clients were told, beside what was received.
 *
 * @param messages that clients had to hand over
 * @param acknowledged of those, told 250 in the end
 * @param attempts to hand them over
 * @param unknown attempts whose client lost the connection after the final dot
 * @param refusedAfterContent attempts whose client was told no to the final dot
 * @param duplicates copies beyond one for each recipient
 * @param afterUnknown duplicates of messages that were sent again because their client did not know
 * @param afterRefusal duplicates of messages that were sent again because of a no to the final dot,
 *     which the next hop had taken before it hung up
 * @param unexplained all other duplicates: nobody had a reason to send the message again
 * @param damaged messages that arrived cut short or changed, or that nobody has sent
 * @param lost Message-IDs that were acknowledged and are not there for every recipient
 */
public record Account(
    int messages,
    int acknowledged,
    int attempts,
    int unknown,
    int refusedAfterContent,
    int duplicates,
    int afterUnknown,
    int afterRefusal,
    int unexplained,
    int damaged,
    List<String> lost) {
  /** Copies the list. */
  public Account {
    lost = List.copyOf(lost);
  }

  static Account of(List<Letter> letters, Received received, Store store) {
    int duplicates = 0;
    int afterUnknown = 0;
    int afterRefusal = 0;
    var lost = new ArrayList<String>();
    for (Letter letter : letters) {
      for (Received.Copy copy : Received.wanted(letter, store)) {
        int times = received.times(copy);
        if (times == 0 && letter.acknowledged()) {
          lost.add(letter.id());
        }
        int more = Math.max(0, times - 1);
        int unknown = (int) Math.min(more, letter.times(Fate.UNKNOWN));
        duplicates += more;
        afterUnknown += unknown;
        afterRefusal += (int) Math.min(more - unknown, letter.times(Fate.REFUSED_AFTER_CONTENT));
      }
    }
    return new Account(
        letters.size(),
        (int) letters.stream().filter(Letter::acknowledged).count(),
        attempts(letters),
        times(letters, Fate.UNKNOWN),
        times(letters, Fate.REFUSED_AFTER_CONTENT),
        duplicates,
        afterUnknown,
        afterRefusal,
        duplicates - afterUnknown - afterRefusal,
        received.damaged().size() + received.strangers(letters, store).size(),
        lost.stream().distinct().toList());
  }

  private static int attempts(List<Letter> letters) {
    int attempts = 0;
    for (Fate fate : Fate.values()) {
      attempts += times(letters, fate);
    }
    return attempts;
  }

  private static int times(List<Letter> letters, Fate fate) {
    return letters.stream().mapToInt(it -> (int) it.times(fate)).sum();
  }

  /** Whether everything that was acknowledged is there, whole, and no more often than explained. */
  public boolean isGood() {
    return lost.isEmpty() && damaged == 0 && unexplained == 0 && acknowledged == messages;
  }
}
