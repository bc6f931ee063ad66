package dev.mailservice.smtpd.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RereadFileTest {
  private static final FileTime SOME_TIME = FileTime.fromMillis(1_000_000);

  private final AtomicLong nanos = new AtomicLong();

  @TempDir private Path folder;
  private Path path;
  private RereadFile<List<String>> file;

  @BeforeEach
  void nothing_is_there() {
    path = folder.resolve("file");
    file = new RereadFile<>(path, it -> it, before -> List.of("gone"), nanos::get);
  }

  private void write(Path where, String text) throws IOException {
    Files.writeString(where, text);
    Files.setLastModifiedTime(where, SOME_TIME);
  }

  private List<String> aSecondLater() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    return file.current();
  }

  @Test
  void a_file_that_has_never_been_has_no_lines() {
    assertThat(file.current()).isEmpty();
    assertThat(aSecondLater()).isEmpty();
  }

  @Test
  void a_change_is_seen_within_a_second_and_not_looked_for_sooner() throws IOException {
    assertThat(file.current()).isEmpty();
    write(path, "one");
    assertThat(file.current()).isEmpty();
    assertThat(aSecondLater()).containsExactly("one");
    assertThat(aSecondLater()).containsExactly("one");
  }

  @Test
  void a_file_that_another_one_of_the_same_age_replaces_has_changed() throws IOException {
    write(path, "one");
    assertThat(file.current()).containsExactly("one");
    write(folder.resolve("other"), "two");
    Files.move(folder.resolve("other"), path, StandardCopyOption.REPLACE_EXISTING);
    assertThat(aSecondLater()).containsExactly("two");
  }

  @Test
  void a_file_that_was_gone_and_is_back_as_it_was_is_read_again() throws IOException {
    write(path, "one");
    assertThat(file.current()).containsExactly("one");
    Files.move(path, folder.resolve("away"));
    assertThat(aSecondLater()).containsExactly("gone");
    Files.move(folder.resolve("away"), path);
    assertThat(aSecondLater()).containsExactly("one");
  }

  @Test
  void a_file_that_cannot_be_read_is_as_good_as_gone_until_it_can() throws IOException {
    Files.createDirectory(path);
    assertThat(file.current()).containsExactly("gone");
    Files.delete(path);
    write(path, "one");
    assertThat(aSecondLater()).containsExactly("one");
  }
}
