package dev.mailservice.maincf.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A {@code main.cf} of 200 lines, as a front door's grows over the years. */
final class SampleFile {
  private SampleFile() {}

  static String text() throws IOException {
    try (InputStream in = Objects.requireNonNull(SampleFile.class.getResourceAsStream("main.cf"))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
