package dev.mailservice.e2e.bench.memory;

/**
 * What a server's processes took while so many idle sessions were there.
 *
 * @param side who
 * @param tls whether clients were within TLS
 * @param sessions how many
 * @param pssBytes of all processes, as the kernel counts it
 * @param groupBytes of the control group, with what the kernel keeps for them; 0 where there is
 *     none
 */
record Sample(String side, boolean tls, int sessions, long pssBytes, long groupBytes) {
  private static final double MEGABYTE = 1 << 20;

  double pssMegabytes() {
    return pssBytes / MEGABYTE;
  }

  double groupMegabytes() {
    return groupBytes / MEGABYTE;
  }
}
