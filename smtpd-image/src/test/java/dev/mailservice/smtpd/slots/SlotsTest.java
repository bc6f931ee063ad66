package dev.mailservice.smtpd.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final AtomicLong nanos = new AtomicLong(42);
  private final AtomicInteger lastTaken = new AtomicInteger();
  private final AtomicInteger freeAgain = new AtomicInteger();
  private final Slots slots =
      new Slots(
          2,
          new Slots.Watcher() {
            @Override
            public void saturated() {
              lastTaken.incrementAndGet();
            }

            @Override
            public void relieved() {
              freeAgain.incrementAndGet();
            }
          },
          nanos::get);

  private void client() throws InterruptedException {
    slots.reserve();
    slots.take();
  }

  @Test
  void each_taking_of_the_last_slot_counts_once() throws Exception {
    client();
    assertThat(lastTaken).hasValue(0);
    client();
    assertThat(lastTaken).hasValue(1);
    assertThat(freeAgain).hasValue(0);
    slots.release();
    assertThat(freeAgain).hasValue(1);
    client();
    assertThat(lastTaken).hasValue(2);
    assertThat(slots.usage().saturations()).isEqualTo(2);
  }

  @Test
  void a_reserved_slot_is_not_taken_until_a_client_comes() throws Exception {
    client();
    slots.reserve();
    assertThat(slots.usage().active()).isEqualTo(1);
    slots.cancel();
    client();
    assertThat(slots.usage().active()).isEqualTo(2);
  }

  @Test
  void saturated_time_runs_while_all_are_taken_and_stands_while_not() throws Exception {
    client();
    client();
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(slots.usage().saturatedFor()).isEqualTo(Duration.ofSeconds(3));
    slots.release();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(slots.usage().saturatedFor()).isEqualTo(Duration.ofSeconds(3));
    client();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(slots.usage().saturatedFor()).isEqualTo(Duration.ofSeconds(4));
  }
}
