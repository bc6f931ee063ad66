package dev.mailservice.e2e.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Sums rounds up by their kind. */
final class NoLossTable {
  private static final String FORMAT =
      "| %-30s | %6s | %8s | %8s | %5s | %8s | %10s | %12s | %12s | %11s | %7s |%n";

  private NoLossTable() {}

  static String of(List<RoundResult> results) {
    var byKind = new TreeMap<String, List<RoundResult>>();
    for (RoundResult result : results) {
      String kind =
          result.side().name().toLowerCase(java.util.Locale.ROOT) + ", " + result.plan().kind();
      byKind.computeIfAbsent(kind, it -> new ArrayList<>()).add(result);
      byKind
          .computeIfAbsent(
              result.side().name().toLowerCase(java.util.Locale.ROOT) + ", all",
              it -> new ArrayList<>())
          .add(result);
    }
    var table = new StringBuilder();
    table.append(
        FORMAT.formatted(
            "what",
            "rounds",
            "messages",
            "acknowl.",
            "LOST",
            "unknown",
            "duplicates",
            "after unkn.",
            "after a no",
            "unexplained",
            "damaged"));
    table.append(
        FORMAT.formatted(
            "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"));
    byKind.forEach((kind, rounds) -> table.append(row(kind, rounds)));
    return table.toString();
  }

  private static String row(String kind, List<RoundResult> rounds) {
    return FORMAT.formatted(
        kind,
        rounds.size(),
        sum(rounds, Account::messages),
        sum(rounds, Account::acknowledged),
        sum(rounds, it -> it.lost().size()),
        sum(rounds, Account::unknown),
        sum(rounds, Account::duplicates),
        sum(rounds, Account::afterUnknown),
        sum(rounds, Account::afterRefusal),
        sum(rounds, Account::unexplained),
        sum(rounds, Account::damaged));
  }

  private static int sum(List<RoundResult> rounds, ToIntFunction<Account> what) {
    return rounds.stream().map(RoundResult::account).mapToInt(what).sum();
  }
}
