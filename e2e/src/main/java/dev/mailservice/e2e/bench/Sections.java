package dev.mailservice.e2e.bench;

import dev.mailservice.e2e.bench.throughput.Throughput;
import java.util.List;

/** Every section there is, in the order in which they run. */
final class Sections {
  static final List<Section> ALL = List.of(new Throughput());

  private Sections() {}
}
