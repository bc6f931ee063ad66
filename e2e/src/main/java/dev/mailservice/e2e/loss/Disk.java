package dev.mailservice.e2e.loss;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where mail is kept: a folder, or a small ext4 file system in a file, mounted where only the
 * server sees it. The mount is that of a process that ends with this one, and is gone with it.
 */
abstract class Disk implements Closeable {
  /** {@code mail_spool_directory} as a process sees it that was started by {@link #launcher}. */
  abstract Path mail();

  /** The same folder as this process sees it. */
  abstract Path seenMail();

  /** A command that runs another where the disk is, with its arguments; may be empty. */
  abstract List<String> launcher();

  /** Leaves no room. */
  abstract void fill() throws IOException;

  /** Makes room again. */
  abstract void empty() throws IOException;

  /** Fails: read-only from now on, and what is not on disk yet will never be. */
  abstract void fail() throws IOException, InterruptedException;

  /** Comes back with what had reached it. Nobody may use it meanwhile. */
  abstract void comeBack() throws IOException, InterruptedException;

  /** An ordinary folder in another. */
  static Disk folder(Path folder) throws IOException {
    return new Plain(Files.createDirectory(folder.resolve("mail")));
  }

  /**
   * A disk of its own; only root can have one.
   *
   * @param folder for the file and the place where it is mounted
   */
  static Disk small(Path folder) throws IOException, InterruptedException {
    return Small.make(folder);
  }

  private static final class Plain extends Disk {
    private final Path folder;

    Plain(Path folder) {
      this.folder = folder;
    }

    @Override
    Path mail() {
      return folder;
    }

    @Override
    Path seenMail() {
      return folder;
    }

    @Override
    List<String> launcher() {
      return List.of();
    }

    @Override
    void fill() {
      throw new UnsupportedOperationException("the machine's disk is not filled");
    }

    @Override
    void empty() {
      throw new UnsupportedOperationException("the machine's disk is not filled");
    }

    @Override
    void fail() {
      throw new UnsupportedOperationException("the machine's disk does not fail");
    }

    @Override
    void comeBack() {
      throw new UnsupportedOperationException("the machine's disk does not fail");
    }

    @Override
    public void close() {}
  }

  private static final class Small extends Disk {
    private static final int SIZE = 24 << 20;
    private static final String HOLD =
        "mount -o loop,errors=remount-ro \"$1\" \"$2\"; mkdir \"$2/mail\"; sync -f \"$2\"; echo"
            + " mounted; read -r end || :";
    private static final String AGAIN =
        "umount \"$2\" && mount -o loop,errors=remount-ro \"$1\" \"$2\"";

    private final Process holder;
    private final Path file;
    private final Path place;

    private Small(Process holder, Path file, Path place) {
      this.holder = holder;
      this.file = file;
      this.place = place;
    }

    static Small make(Path folder) throws IOException, InterruptedException {
      Path file = folder.resolve("disk.img");
      Path place = Files.createDirectory(folder.resolve("disk"));
      try (var blank = new RandomAccessFile(file.toFile(), "rw")) {
        blank.setLength(SIZE);
      }
      run(List.of("mkfs.ext4", "-q", "-F", "-m", "0", file.toString()));
      Process holder =
          new ProcessBuilder(
                  "unshare", "--mount", "sh", "-ec", HOLD, "sh", file.toString(), place.toString())
              .redirectError(folder.resolve("disk.log").toFile())
              .start();
      String said = holder.inputReader(StandardCharsets.UTF_8).readLine();
      if (!"mounted".equals(said)) {
        holder.destroyForcibly();
        throw new IOException(
            "a disk cannot be mounted: " + Files.readString(folder.resolve("disk.log")));
      }
      return new Small(holder, file, place);
    }

    @Override
    Path mail() {
      return place.resolve("mail");
    }

    @Override
    Path seenMail() {
      return seen().resolve("mail");
    }

    private Path seen() {
      return Path.of("/proc", String.valueOf(holder.pid()), "root", place.toString());
    }

    @Override
    List<String> launcher() {
      return List.of("nsenter", "--mount=/proc/%d/ns/mnt".formatted(holder.pid()));
    }

    private Path ballast() {
      return seen().resolve("ballast");
    }

    @Override
    void fill() throws IOException {
      byte[] block = new byte[1 << 16];
      try (var ballast = Files.newOutputStream(ballast())) {
        while (true) {
          ballast.write(block);
        }
      } catch (IOException full) {
        if (!String.valueOf(full.getMessage()).contains("No space left")) {
          throw full;
        }
      }
    }

    @Override
    void empty() throws IOException {
      Files.delete(ballast());
    }

    /** "abort: Simulate the effects of calling ext4_abort() for debugging purposes", ext4(5). */
    @Override
    void fail() throws IOException, InterruptedException {
      inside("mount", "-o", "remount,abort", place.toString());
    }

    @Override
    void comeBack() throws IOException, InterruptedException {
      inside("sh", "-ec", AGAIN, "sh", file.toString(), place.toString());
    }

    private void inside(String... command) throws IOException, InterruptedException {
      var words = new ArrayList<>(launcher());
      words.addAll(List.of(command));
      run(words);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = process.inputReader(StandardCharsets.UTF_8).readAllAsString();
      if (process.waitFor() != 0) {
        throw new IOException("%s: %s".formatted(String.join(" ", command), said.strip()));
      }
    }

    @Override
    public void close() throws IOException {
      holder.getOutputStream().close();
      try {
        holder.waitFor();
      } catch (InterruptedException interrupted) {
        holder.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
