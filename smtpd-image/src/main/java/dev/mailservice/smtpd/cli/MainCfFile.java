package dev.mailservice.smtpd.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A {@code main.cf} on disk. */
public final class MainCfFile {
  private MainCfFile() {}

  /**
   * The file's bytes as a string of ISO-8859-1.
   *
   * @throws IOException with a message for the administrator, {@code open FILE: why}
   */
  public static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException("open %s: No such file or directory".formatted(file), e);
    } catch (AccessDeniedException e) {
      throw new IOException("open %s: Permission denied".formatted(file), e);
    } catch (FileSystemException e) {
      // Its message begins with the file.
      throw new IOException("open %s: %s".formatted(file, e.getReason()), e);
    } catch (IOException e) {
      throw new IOException("read %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
