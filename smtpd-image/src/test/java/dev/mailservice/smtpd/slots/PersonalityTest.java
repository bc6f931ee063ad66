package dev.mailservice.smtpd.slots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.slots.Personality.Leader;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PersonalityTest {
  private final AtomicLong nanos = new AtomicLong();

  private Personality<String> led(Leader leader) {
    return new Personality<>("calm", "stressed", leader, nanos::get);
  }

  private void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Test
  void a_server_that_is_its_own_master_is_stressed_until_1000_seconds_after_the_last_saturation() {
    Personality<String> self = led(Leader.SELF);
    assertThat(self.current()).isEqualTo("calm");
    self.saturated();
    self.relieved();
    pass(Duration.ofSeconds(999));
    assertThat(self.current()).isEqualTo("stressed");
    self.saturated();
    self.relieved();
    pass(Duration.ofSeconds(999));
    assertThat(self.current()).isEqualTo("stressed");
    pass(Duration.ofSeconds(1));
    assertThat(self.current()).isEqualTo("calm");
  }

  @Test
  void while_all_slots_are_taken_it_stays_stressed_however_long_that_is() {
    Personality<String> self = led(Leader.SELF);
    self.saturated();
    pass(Duration.ofHours(1));
    assertThat(self.current()).isEqualTo("stressed");
    self.relieved();
    pass(Duration.ofSeconds(999));
    assertThat(self.current()).isEqualTo("stressed");
    pass(Duration.ofSeconds(1));
    assertThat(self.current()).isEqualTo("calm");
  }

  @Test
  void what_there_is_too_little_of_besides_slots_stresses_it_as_long() {
    Personality<String> self = led(Leader.SELF);
    self.shortage();
    pass(Duration.ofSeconds(999));
    assertThat(self.current()).isEqualTo("stressed");
    pass(Duration.ofSeconds(1));
    assertThat(self.current()).isEqualTo("calm");
    Personality<String> led = led(Leader.CALM);
    led.shortage();
    assertThat(led.current()).isEqualTo("calm");
  }

  @Test
  void a_led_server_does_what_it_is_told() {
    Personality<String> calm = led(Leader.CALM);
    calm.saturated();
    assertThat(calm.current()).isEqualTo("calm");
    assertThat(led(Leader.STRESSED).current()).isEqualTo("stressed");
  }

  @Test
  void a_draining_server_is_stressed_whoever_leads() {
    for (Leader leader : Leader.values()) {
      Personality<String> personality = led(leader);
      personality.drain();
      assertThat(personality.current()).isEqualTo("stressed");
    }
  }
}
