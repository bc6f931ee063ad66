package dev.mailservice.smtpd.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogOverflowTest {
  private static final String TABLE =
      """
      TcpExt: SyncookiesSent ListenOverflows ListenDrops
      TcpExt: 1 %d 8
      IpExt: InNoRoutes ListenOverflows
      IpExt: 0 99
      """;

  @TempDir private Path folder;

  @Test
  void counts_from_when_it_was_made() throws Exception {
    Path table = folder.resolve("netstat");
    Files.writeString(table, TABLE.formatted(5));
    var overflow = new BacklogOverflow(table);
    assertThat(overflow.count()).isZero();
    Files.writeString(table, TABLE.formatted(12));
    assertThat(overflow.count()).isEqualTo(7);
  }

  @Test
  void a_system_that_does_not_tell_has_none() {
    assertThat(new BacklogOverflow(folder.resolve("nowhere")).count()).isZero();
  }
}
