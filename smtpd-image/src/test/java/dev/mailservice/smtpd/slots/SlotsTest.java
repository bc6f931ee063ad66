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

  private Slots.Slot client() throws InterruptedException {
    Slots.Slot slot = slots.reserve();
    slot.take();
    return slot;
  }

  @Test
  void each_taking_of_the_last_slot_counts_once() throws Exception {
    client();
    assertThat(lastTaken).hasValue(0);
    Slots.Slot last = client();
    assertThat(lastTaken).hasValue(1);
    assertThat(freeAgain).hasValue(0);
    last.release(Departure.FINISHED);
    assertThat(freeAgain).hasValue(1);
    client();
    assertThat(lastTaken).hasValue(2);
    assertThat(slots.usage().saturations()).isEqualTo(2);
  }

  @Test
  void a_reserved_slot_is_not_taken_until_a_client_comes() throws Exception {
    client();
    Slots.Slot reserved = slots.reserve();
    assertThat(slots.usage().active()).isEqualTo(1);
    reserved.cancel();
    client();
    assertThat(slots.usage().active()).isEqualTo(2);
  }

  @Test
  void saturated_time_runs_while_all_are_taken_and_stands_while_not() throws Exception {
    client();
    Slots.Slot last = client();
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(slots.usage().saturatedFor()).isEqualTo(Duration.ofSeconds(3));
    last.release(Departure.FINISHED);
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(slots.usage().saturatedFor()).isEqualTo(Duration.ofSeconds(3));
    client();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(slots.usage().saturatedFor()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void a_slot_is_released_once_however_often_it_is_said() throws Exception {
    Slots.Slot one = client();
    client();
    one.release(Departure.DISMISSED);
    one.release(Departure.CUT);
    assertThat(slots.usage().active()).isEqualTo(1);
  }

  @Test
  void a_drain_counts_what_becomes_of_each_session_and_who_is_left_is_cut() throws Exception {
    client().release(Departure.FINISHED);
    Slots.Slot found = client();
    slots.beginDrain();
    found.release(Departure.DISMISSED);
    client().release(Departure.FINISHED);
    client();
    assertThat(slots.drainCount()).isEqualTo(new DrainCount(1, 2, 1, 1, 0));
    assertThat(slots.endDrain()).isEqualTo(new DrainCount(1, 2, 1, 1, 1));
  }
}
