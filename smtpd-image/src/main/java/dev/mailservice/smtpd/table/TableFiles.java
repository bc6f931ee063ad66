package dev.mailservice.smtpd.table;

import dev.mailservice.maincf.table.TableSource;
import dev.mailservice.smtpd.file.FileStamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the text of tables from the file system. */
public final class TableFiles implements TableSource {
  private final Path base;

  /** Names that are not absolute begin in the working directory, as postmap(1) has it. */
  public TableFiles() {
    this(Path.of(""));
  }

  /**
   * @param base where names that are not absolute begin; for the server {@code queue_directory}, in
   *     which Postfix's programs run
   */
  public TableFiles(Path base) {
    this.base = base;
  }

  @Override
  public String read(String name) throws Unreadable {
    try {
      return new String(Files.readAllBytes(base.resolve(name)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new Unreadable("No such file or directory");
    } catch (AccessDeniedException e) {
      throw new Unreadable("Permission denied");
    } catch (IOException | InvalidPathException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  FileStamp stamp(String name) {
    try {
      return FileStamp.of(base.resolve(name));
    } catch (InvalidPathException e) {
      return FileStamp.none();
    }
  }
}
