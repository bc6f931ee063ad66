package dev.mailservice.smtpd.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class MemoryWatchTest {
  private static final long LIMIT = Megabytes.bytes(100);

  private final List<String> heard = new ArrayList<>();
  private long live;
  private long garbage;
  private long container;
  private long nanos;
  private int collections;

  /** What is used is what the test says; a collection takes a tenth of a second. */
  private final Memory memory =
      new Memory() {
        @Override
        public long heapLimit() {
          return LIMIT;
        }

        @Override
        public OptionalLong containerLimit() {
          return OptionalLong.of(2 * LIMIT);
        }

        @Override
        public MemoryUse use() {
          return new MemoryUse(
              Megabytes.bytes(live + garbage), LIMIT, Megabytes.bytes(container), containerLimit());
        }

        @Override
        public boolean awaitCollection(Duration atMost) {
          throw new UnsupportedOperationException("the test calls");
        }

        @Override
        public void collect() {
          garbage = 0;
          collections++;
          nanos += Duration.ofMillis(100).toNanos();
        }
      };

  private final MemoryWatch watch =
      new MemoryWatch(
          memory,
          new MemoryWatch.Listener() {
            @Override
            public void fallsShort(MemoryUse use) {
              heard.add("short: " + use);
            }

            @Override
            public void isEnough(MemoryUse use) {
              heard.add("enough: " + use);
            }

            @Override
            public void failed(Throwable cause) {
              throw new AssertionError(cause);
            }
          },
          () -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void garbage_is_no_shortage() {
    live = 20;
    garbage = 70;
    watch.look(true);
    assertThat(collections).isEqualTo(1);
    assertThat(watch.isShort()).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void what_is_not_known_to_last_is_not_looked_at() {
    live = 90;
    watch.look(false);
    assertThat(collections).isZero();
    assertThat(watch.isShort()).isFalse();
  }

  @Test
  void a_shortage_is_told_once_and_so_is_its_end() {
    live = 69;
    watch.look(true);
    watch.look(true);
    pass(Duration.ofSeconds(3));
    watch.look(true);
    assertThat(watch.isShort()).isTrue();
    live = 62;
    pass(Duration.ofSeconds(3));
    watch.look(false);
    assertThat(watch.isShort()).as("so little less is not enough").isTrue();
    live = 59;
    pass(Duration.ofSeconds(3));
    watch.look(false);
    assertThat(watch.isShort()).isFalse();
    assertThat(heard)
        .containsExactly(
            "short: heap 69 of 100 MB, container 0 of 200 MB",
            "enough: heap 59 of 100 MB, container 0 of 200 MB");
    assertThat(watch.shortages()).isEqualTo(1);
  }

  @Test
  void while_it_is_short_a_collection_is_not_made_at_each_look() {
    live = 70;
    for (int i = 0; i < 100; i++) {
      watch.look(true);
      pass(Duration.ofMillis(100));
    }
    assertThat(collections).isBetween(4, 6);
  }

  @Test
  void nor_where_garbage_comes_fast_but_almost_all_of_the_heap_is_used() {
    live = 50;
    garbage = 19;
    watch.look(true);
    garbage = 19;
    watch.look(true);
    assertThat(collections).isEqualTo(1);
    garbage = 25;
    watch.look(true);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void a_container_that_is_almost_full_is_short_however_little_is_in_the_heap() {
    container = 191;
    watch.look(false);
    assertThat(watch.isShort()).isTrue();
    container = 179;
    pass(Duration.ofSeconds(3));
    watch.look(false);
    assertThat(watch.isShort()).isFalse();
    assertThat(heard).hasSize(2);
  }
}
