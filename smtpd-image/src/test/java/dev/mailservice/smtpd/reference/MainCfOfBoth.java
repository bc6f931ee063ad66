package dev.mailservice.smtpd.reference;

import java.io.IOException;
import java.nio.file.Files;

/** The configuration that both servers have before a dialogue's options. */
final class MainCfOfBoth {
  private MainCfOfBoth() {}

  /**
   * @param nextHop where mail goes, as {@code smtpd_proxy_filter} wants it
   * @param logins where clients log in
   */
  static String with(String nextHop, Logins logins) {
    try {
      return Files.readString(DialogueFile.FOLDER.resolve("main.cf"))
          + Certificates.all().mainCf()
          + logins.mainCf()
          + "tables = %s\n".formatted(DialogueFile.FOLDER.resolve("tables").toAbsolutePath())
          + "smtpd_proxy_filter = %s\n".formatted(nextHop);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
