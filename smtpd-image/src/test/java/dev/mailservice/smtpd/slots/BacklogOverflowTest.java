package dev.mailservice.smtpd.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogOverflowTest {
  @TempDir private Path folder;

  private Path table(int overflows) throws IOException {
    return Files.writeString(
        folder.resolve("netstat"),
        """
        TcpExt: SyncookiesSent ListenOverflows ListenDrops
        TcpExt: 1 %d 8
        IpExt: InNoRoutes ListenOverflows
        IpExt: 0 99
        """
            .formatted(overflows));
  }

  @Test
  void counts_from_when_it_was_made() throws Exception {
    var overflow = new BacklogOverflow(table(5));
    assertThat(overflow.count()).isZero();
    assertThat(table(12)).exists();
    assertThat(overflow.count()).isEqualTo(7);
  }

  @Test
  void a_system_that_does_not_tell_has_none() {
    assertThat(new BacklogOverflow(folder.resolve("nowhere")).count()).isZero();
  }
}
