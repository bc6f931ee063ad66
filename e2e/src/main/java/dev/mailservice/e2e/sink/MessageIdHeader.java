package dev.mailservice.e2e.sink;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the Message-ID in a message's header, fed line by line. */
public final class MessageIdHeader {
  private static final Pattern FIELD =
      Pattern.compile("message-id[ \t]*:(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ID = Pattern.compile("<([^<>]+)>");

  private boolean inHeader = true;
  private boolean inField;
  private String id = "";

  /** Takes the next line, without its end. */
  public void line(String line) {
    if (line.isEmpty()) {
      inHeader = false;
    }
    if (!inHeader || !id.isEmpty()) {
      return;
    }
    boolean folded = line.startsWith(" ") || line.startsWith("\t");
    Matcher field = FIELD.matcher(line);
    if (field.matches()) {
      inField = true;
      search(field.group(1));
    } else if (folded && inField) {
      search(line);
    } else if (!folded) {
      inField = false;
    }
  }

  /** Whether the header's last line has been fed. */
  boolean ended() {
    return !inHeader;
  }

  /** The id without its angle brackets; empty when there was none. */
  public String id() {
    return id;
  }

  private void search(String value) {
    Matcher found = ID.matcher(value);
    if (found.find()) {
      id = found.group(1);
    }
  }
}
