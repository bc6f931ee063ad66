package dev.mailservice.e2e.bench;

import dev.mailservice.e2e.bench.memory.Hogs;
import dev.mailservice.e2e.bench.memory.Memory;
import dev.mailservice.e2e.bench.stall.Stall;
import dev.mailservice.e2e.bench.start.Start;
import dev.mailservice.e2e.bench.throughput.Throughput;
import dev.mailservice.e2e.loss.NoLossSection;
import dev.mailservice.e2e.soak.SoakSection;
import java.util.List;

/** Every section there is, in the order in which they run. */
final class Sections {
  static final List<Section> ALL =
      List.of(
          new Throughput(),
          new Memory(),
          new Hogs(),
          new Start(),
          new Stall(),
          new NoLossSection(),
          new SoakSection());

  private Sections() {}
}
