package dev.mailservice.smtpd.slots;

/**
 * What became of the sessions that a drain has had to do with: each is one of those that it found
 * or that were accepted since, and each of these that is over has finished, was dismissed or cut.
 *
 * @param found sessions that there were at SIGTERM
 * @param accepted sessions that began since
 * @param finished {@link Departure#FINISHED}
 * @param dismissed {@link Departure#DISMISSED}
 * @param cut {@link Departure#CUT}
 */
public record DrainCount(int found, int accepted, int finished, int dismissed, int cut) {
  /** Before a drain. */
  static final DrainCount NONE = new DrainCount(0, 0, 0, 0, 0);

  /** A drain begins. */
  static DrainCount finding(int sessions) {
    return new DrainCount(sessions, 0, 0, 0, 0);
  }

  DrainCount withAccepted() {
    return new DrainCount(found, accepted + 1, finished, dismissed, cut);
  }

  DrainCount with(Departure departure, int sessions) {
    return switch (departure) {
      case FINISHED -> new DrainCount(found, accepted, finished + sessions, dismissed, cut);
      case DISMISSED -> new DrainCount(found, accepted, finished, dismissed + sessions, cut);
      case CUT -> new DrainCount(found, accepted, finished, dismissed, cut + sessions);
    };
  }
}
