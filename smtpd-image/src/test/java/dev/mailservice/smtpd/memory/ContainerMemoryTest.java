package dev.mailservice.smtpd.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerMemoryTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private ContainerMemory memory(String membership) throws IOException {
    return new ContainerMemory(write("membership", membership), folder.resolve("cgroup"));
  }

  @Test
  void a_limit_of_version_2_is_found_where_the_group_is_mounted_as_the_root() throws IOException {
    write("cgroup/memory.max", "268435456\n");
    write("cgroup/memory.current", "100000000\n");
    write(
        "cgroup/memory.stat",
        "anon 1\nactive_file 1000\ninactive_file 20000\nslab_reclaimable 300000\nslab 400000\n");
    ContainerMemory memory = memory("0::/kubepods/pod1/container\n");
    assertThat(memory.limit()).hasValue(268435456);
    assertThat(memory.used()).isEqualTo(100000000 - 1000 - 20000 - 300000);
  }

  @Test
  void a_limit_of_version_1_is_found_at_the_groups_own_path() throws IOException {
    write("cgroup/memory/a/b/memory.limit_in_bytes", "1000000\n");
    write("cgroup/memory/a/b/memory.usage_in_bytes", "500000\n");
    write("cgroup/memory/a/b/memory.stat", "inactive_file 1\ntotal_inactive_file 7000\n");
    ContainerMemory memory = memory("5:cpu,cpuacct:/c\n4:memory:/a/b\n0::/\n");
    assertThat(memory.limit()).hasValue(1000000);
    assertThat(memory.used()).isEqualTo(493000);
  }

  @Test
  void no_limit_is_none() throws IOException {
    write("cgroup/memory.max", "max\n");
    write("cgroup/memory.current", "5\n");
    write("cgroup/memory.stat", "");
    assertThat(memory("0::/\n").limit()).isEmpty();
    write("cgroup/memory.max", "9223372036854771712\n");
    assertThat(memory("0::/\n").limit()).isEmpty();
    assertThat(memory("").limit()).isEmpty();
    assertThat(memory("").used()).isZero();
    assertThat(new ContainerMemory(folder.resolve("none"), folder).limit()).isEmpty();
  }
}
