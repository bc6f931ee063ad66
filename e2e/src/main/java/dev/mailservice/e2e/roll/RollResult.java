package dev.mailservice.e2e.roll;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How good mail fared in a roll. A mail belongs to the roll that was under way, or was the last,
 * when its fate was known.
 *
 * @param seed of the run's good mail
 * @param number of the roll, from 0
 * @param change what was changed
 * @param at when
 * @param seconds until all pods were new and ready; older ones may drain yet
 * @param podsEnded how many pods were told to end
 * @param mails how many fared how
 * @param strangers those who were reset, closed on without a word, could not connect or outlasted
 *     their patience, each in a line
 */
public record RollResult(
    long seed,
    int number,
    Change change,
    Instant at,
    double seconds,
    int podsEnded,
    Map<String, Integer> mails,
    List<String> strangers) {
  /** Copies the collections. */
  public RollResult {
    mails = new TreeMap<>(mails);
    strangers = List.copyOf(strangers);
  }
}
