package dev.mailservice.smtpd;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.parameters.ProcessParameters;
import dev.mailservice.maincf.parameters.ProxyFilterParameters;
import dev.mailservice.smtpd.slots.Descriptors;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many sessions the process's file descriptors allow. A server that ran out of them could
 * neither accept nor reach its next hop, and would not even be full, so that no stress would free
 * it: it has as many slots as it can serve instead, and its metrics and its log say so.
 *
 * @param slots how many sessions at once
 * @param lingering how many connections of clients that have been hung up on, besides
 * @param warnings for the log
 */
record DescriptorRoom(int slots, int lingering, List<String> warnings) {
  /** What there is for this configuration. */
  static DescriptorRoom of(Configuration main, Descriptors descriptors) {
    int wanted = main.get(ProcessParameters.DEFAULT_PROCESS_LIMIT);
    OptionalLong max = descriptors.max();
    if (max.isEmpty()) {
      return new DescriptorRoom(wanted, wanted, List.of());
    }
    Descriptors.Need need = need(main);
    int slots = Math.min(wanted, need.sessions(max.getAsLong()));
    long spare = max.getAsLong() - need.of(slots);
    int lingering = (int) Math.clamp(spare, 0, slots);
    return slots == wanted
        ? new DescriptorRoom(slots, lingering, List.of())
        : new DescriptorRoom(slots, lingering, List.of(warning(wanted, slots, need, max)));
  }

  private static String warning(int wanted, int slots, Descriptors.Need need, OptionalLong max) {
    return "%s = %d needs %d file descriptors, and this process may have %d (RLIMIT_NOFILE): it has %d slots, want: a higher limit, or a lower %s"
        .formatted(
            ProcessParameters.DEFAULT_PROCESS_LIMIT.name(),
            wanted,
            need.of(wanted),
            max.getAsLong(),
            slots,
            ProcessParameters.DEFAULT_PROCESS_LIMIT.name());
  }

  /** A session has its client, a file where messages go by files, and asks one server at a time. */
  private static Descriptors.Need need(Configuration main) {
    boolean hasNextHop = !main.get(ProxyFilterParameters.SMTPD_PROXY_FILTER).isEmpty();
    boolean usesFiles =
        !hasNextHop || !main.get(ProxyFilterParameters.SMTPD_PROXY_OPTIONS).isEmpty();
    return new Descriptors.Need(
        hasNextHop ? main.get(ProxyFilterParameters.SMTPD_PROXY_CONCURRENCY_LIMIT) : 0,
        usesFiles ? 2 : 1);
  }
}
