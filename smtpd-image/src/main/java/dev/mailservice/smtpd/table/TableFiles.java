package dev.mailservice.smtpd.table;

import dev.mailservice.maincf.table.TableSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the text of tables from the file system. */
public final class TableFiles implements TableSource {
  @Override
  public String read(String name) throws Unreadable {
    try {
      return new String(Files.readAllBytes(Path.of(name)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new Unreadable("No such file or directory");
    } catch (AccessDeniedException e) {
      throw new Unreadable("Permission denied");
    } catch (IOException | InvalidPathException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }
}
