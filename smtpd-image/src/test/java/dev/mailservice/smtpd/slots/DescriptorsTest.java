package dev.mailservice.smtpd.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
  @TempDir private Path process;

  private void limit(String openFiles) throws IOException {
    Files.writeString(
        process.resolve("limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             63432                63432                processes
        Max open files            %s                   524288               files
        """
            .formatted(openFiles));
  }

  @Test
  void the_limit_is_the_soft_one_if_there_is_any() throws Exception {
    limit("1024");
    assertThat(new Descriptors(process).max()).hasValue(1024);
    limit("unlimited");
    assertThat(new Descriptors(process).max()).isEmpty();
  }

  @Test
  void a_system_that_does_not_tell_has_no_limit() {
    var nowhere = new Descriptors(process.resolve("nowhere"));
    assertThat(nowhere.max()).isEmpty();
    assertThat(nowhere.open()).isZero();
  }

  @Test
  void this_process_has_some_open() {
    assertThat(new Descriptors().open()).isPositive();
    assertThat(new Descriptors().max().orElse(Long.MAX_VALUE))
        .isGreaterThan(new Descriptors().open());
  }

  @Test
  void as_many_sessions_as_there_are_descriptors_for_and_one_at_least() {
    var need = new Descriptors.Need(45, 2);
    assertThat(need.of(100)).isEqualTo(345);
    assertThat(need.sessions(345)).isEqualTo(100);
    assertThat(need.sessions(344)).isEqualTo(99);
    assertThat(need.sessions(10)).isEqualTo(1);
  }
}
