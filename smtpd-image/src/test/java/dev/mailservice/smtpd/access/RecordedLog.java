package dev.mailservice.smtpd.access;

import dev.mailservice.smtpd.log.LogText;
import java.util.ArrayList;
import java.util.List;

/** What restrictions warned of. */
final class RecordedLog implements RestrictionLog {
  private final List<String> warnings = new ArrayList<>();

  @Override
  public void info(LogText text) {
    // No test of this package asks for it: the dialogues compare what is said.
  }

  @Override
  public void warning(String text) {
    warnings.add(text);
  }

  List<String> warnings() {
    return warnings;
  }
}
