package dev.mailservice.smtpd.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What tells one version of a file from another without reading it. Links are followed, so that the
 * swap of {@code ..data} in a mounted ConfigMap is a change.
 *
 * @param identity the file system's own number and the time and size; empty if there is no file
 */
public record FileStamp(String identity) {
  /** That of a file as it is now. */
  public static FileStamp of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(
          "%s %s %d"
              .formatted(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size()));
    } catch (IOException e) {
      return none();
    }
  }

  /** That of no file. */
  public static FileStamp none() {
    return new FileStamp("");
  }
}
