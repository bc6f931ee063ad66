package dev.mailservice.smtpd.maildir;

import dev.mailservice.maincf.table.AddressExtension;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One user's maildir. */
record Mailbox(Path directory) {
  private static final int LONGEST_NAME = 100;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /**
   * The user whom an address means: its local part without extension, in small letters, as local(8)
   * has it. Empty if that is no name for a directory: the spool directory has no files beside its
   * users' and nothing above it, whatever a client calls a recipient.
   *
   * @param address without angle brackets and quotes
   */
  static Optional<String> user(String address, AddressExtension extension) {
    int at = address.lastIndexOf('@');
    String localPart = at < 0 ? address : address.substring(0, at);
    String user = extension.strip(localPart).orElse(localPart).toLowerCase(Locale.ROOT);
    boolean isName =
        !user.isEmpty()
            && user.length() <= LONGEST_NAME
            && user.charAt(0) != '.'
            && user.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/');
    return isName ? Optional.of(user) : Optional.empty();
  }

  Path incoming() {
    return directory.resolve("tmp");
  }

  Path arrived() {
    return directory.resolve("new");
  }

  /** Makes what is missing, so that it is there after a crash as well. */
  void make() throws IOException {
    makeDirectory(directory);
    for (String name : List.of("tmp", "new", "cur")) {
      makeDirectory(directory.resolve(name));
    }
    sync(directory);
    Path above = directory.getParent();
    if (above != null) {
      sync(above);
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, OWNER_ALONE);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  /** Makes what was put into a directory, or taken from it, last. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
