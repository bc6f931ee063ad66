package dev.mailservice.smtpd.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.smtpd.memory.MemoryBudget.Kind;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static MemoryBudget container(long megabytes) {
    return new MemoryBudget(
        Megabytes.bytes(megabytes) * 7 / 10, OptionalLong.of(Megabytes.bytes(megabytes)));
  }

  @Test
  void it_says_how_many_sessions_the_memory_carries() {
    assertThat(container(512).summary(false))
        .isEqualTo("memory: container 512 MB, heap 358 MB: room for 22220 idle sessions");
    assertThat(container(512).summary(true)).endsWith(" idle sessions, 7198 within TLS");
    assertThat(new MemoryBudget(Megabytes.bytes(100), OptionalLong.empty()).summary(false))
        .isEqualTo("memory: heap 100 MB: room for 5836 idle sessions");
  }

  @Test
  void a_process_limit_beyond_that_is_told_with_what_would_be_right() {
    assertThat(container(512).warning(22_220)).isEmpty();
    assertThat(container(512).warning(30_000))
        .contains(
            "default_process_limit = 30000 is more than the memory carries, clients beyond will be"
                + " told 421, want: default_process_limit = 22220, or a container of 663 MB");
    assertThat(new MemoryBudget(Megabytes.bytes(100), OptionalLong.empty()).warning(8000))
        .hasValueSatisfying(it -> assertThat(it).endsWith("or a heap of 133 MB (-Xmx133m)"));
  }

  @Test
  void what_is_too_small_for_the_server_itself_carries_none() {
    assertThat(container(48).sessions(Kind.PLAIN)).isZero();
  }

  @Property
  void what_it_asks_for_is_enough(
      @ForAll @IntRange(min = 64, max = 4096) int megabytes,
      @ForAll @IntRange(min = 1, max = 100_000) int limit) {
    Optional<String> warning = container(megabytes).warning(limit);
    if (warning.isPresent()) {
      String wanted = warning.get().replaceAll(".* a container of (\\d+) MB", "$1");
      assertThat(container(Long.parseLong(wanted)).warning(limit)).isEmpty();
    }
  }
}
