package dev.mailservice.smtpd.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.NetworkTables;
import dev.mailservice.maincf.table.ParentDomains;
import dev.mailservice.maincf.table.PatternList;
import dev.mailservice.maincf.table.SearchKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingTest {
  private static final Position AT = new Position("main.cf", 1, 1);
  private static final SearchKey KEY = new SearchKey("10.0.0.1", false);

  @TempDir Path directory;

  private final AtomicLong now = new AtomicLong();
  private final List<String> log = new CopyOnWriteArrayList<>();

  private TableDirectory tables() {
    return new TableDirectory(new TableFiles(), NetworkTables.unreachable(), log::add, now::get);
  }

  private void wait(int seconds) {
    now.addAndGet(seconds * 1_000_000_000L);
  }

  /** As a kubelet changes a mounted ConfigMap: a new directory, and one link that is swapped. */
  private Path mount(String version, String text) throws IOException {
    Path data = Files.createDirectory(directory.resolve(version));
    Files.writeString(data.resolve("access"), text);
    Path swap = directory.resolve("..data_tmp");
    Files.createSymbolicLink(swap, Path.of(version));
    Files.move(swap, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Path link = directory.resolve("access");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, Path.of("..data/access"));
    }
    return link;
  }

  private Reloading<Maps> maps(Path file) {
    return tables().maps("check_client_access", "cidr:" + file, AT);
  }

  @Test
  void a_changed_table_is_read_again_without_a_restart() throws IOException {
    Path file = mount("..1", "10.0.0.0/8 one\n");
    Reloading<Maps> maps = maps(file);
    assertThat(maps.first().diagnostics()).isEmpty();
    assertThat(maps.current().find(KEY)).contains("one");
    mount("..2", "10.0.0.0/8 two\n");
    assertThat(maps.current().find(KEY)).as("not looked at yet").contains("one");
    wait(1);
    assertThat(maps.current().find(KEY)).contains("two");
    assertThat(log).isEmpty();
  }

  @Test
  void a_table_that_did_not_change_is_not_read_again() throws IOException {
    Path file = mount("..1", "10.0.0.0/8 one\n");
    Reloading<Maps> maps = maps(file);
    Maps first = maps.current();
    wait(5);
    assertThat(maps.current()).isSameAs(first);
  }

  @Test
  void a_version_with_errors_is_not_taken_and_the_log_says_so_once() throws IOException {
    Path file = mount("..1", "10.0.0.0/8 one\n");
    Reloading<Maps> maps = maps(file);
    mount("..2", "10.0.0.1/8 two\n");
    wait(1);
    assertThat(maps.current().find(KEY)).contains("one");
    wait(1);
    assertThat(maps.current().find(KEY)).contains("one");
    assertThat(log)
        .singleElement()
        .satisfies(
            it ->
                assertThat(it)
                    .contains(file + ", line 1, column 1")
                    .contains("non-null")
                    .endsWith("; the version before is kept"));
    mount("..3", "10.0.0.0/8 three\n");
    wait(1);
    assertThat(maps.current().find(KEY)).contains("three");
  }

  @Test
  void a_table_that_vanishes_stays_as_it_was() throws IOException {
    Path file = mount("..1", "10.0.0.0/8 one\n");
    Reloading<Maps> maps = maps(file);
    Files.delete(file);
    wait(1);
    assertThat(maps.current().find(KEY)).contains("one");
    assertThat(log).anySatisfy(it -> assertThat(it).contains("No such file or directory"));
  }

  @Test
  void a_match_list_follows_the_files_it_names() throws IOException {
    Path file = mount("..1", "one.example\n");
    Reloading<PatternList> list =
        tables().patterns("relay_domains", file.toString(), AT, ParentDomains.BY_NAME);
    assertThat(list.current().matchesName("www.one.example")).isTrue();
    mount("..2", "two.example\n");
    wait(1);
    assertThat(list.current().matchesName("www.one.example")).isFalse();
    assertThat(list.current().matchesName("two.example")).isTrue();
  }

  @Test
  void a_directory_is_no_table() {
    Reloading<Maps> maps = maps(directory);
    assertThat(maps.first().hasErrors()).isTrue();
  }
}
