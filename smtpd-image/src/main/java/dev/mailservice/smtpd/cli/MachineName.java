package dev.mailservice.smtpd.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's name, gethostname(2). */
public final class MachineName {
  /** Where Linux tells it without any resolver, which may be slow or absent. */
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private MachineName() {}

  /** The name; {@code localhost} if the machine does not tell. */
  public static String get() {
    try {
      String name = Files.readString(KERNEL, StandardCharsets.ISO_8859_1).strip();
      return name.isEmpty() ? resolved() : name;
    } catch (IOException e) {
      return resolved();
    }
  }

  private static String resolved() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
