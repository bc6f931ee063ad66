package dev.mailservice.smtpd.access;

import java.util.ArrayList;
import java.util.List;

/** What restrictions wrote into the log. */
final class RecordedLog implements RestrictionLog {
  private final List<String> lines = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Override
  public void info(String text) {
    lines.add(text);
  }

  @Override
  public void warning(String text) {
    warnings.add(text);
  }

  List<String> lines() {
    return lines;
  }

  List<String> warnings() {
    return warnings;
  }
}
