package dev.mailservice.smtpd.access;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which addresses of a DNS list count: four numbers with dots between, or in the place of a number
 * a choice of numbers and ranges, {@code 127.0.0.[2;4..11]}. Follows Postfix's ip_match(3).
 *
 * @param octets the ranges for each of the four numbers; empty for any address
 */
record AnswerFilter(List<List<Range>> octets) {
  /** Every answer counts. */
  static final AnswerFilter ANY = new AnswerFilter(List.of());

  private static final Pattern OCTET = Pattern.compile("\\d{1,3}|\\[([^\\]]*)\\]");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,3})(?:\\.\\.(\\d{1,3}))?");

  /** Numbers from one to another, both included. */
  record Range(int from, int to) {
    boolean has(int number) {
      return number >= from && number <= to;
    }
  }

  /**
   * Reads a pattern.
   *
   * @throws ConfigurationFault if it is none
   */
  static AnswerFilter parse(String pattern) {
    var octets = new ArrayList<List<Range>>();
    int at = 0;
    Matcher octet = OCTET.matcher(pattern);
    while (octets.size() < 4 && octet.find(at) && octet.start() == at) {
      octets.add(ranges(pattern, octet.group(1) == null ? octet.group() : octet.group(1)));
      at = octet.end();
      if (octets.size() < 4 && at < pattern.length() && pattern.charAt(at) == '.') {
        at++;
      }
    }
    if (octets.size() != 4 || at != pattern.length()) {
      throw malformed(pattern);
    }
    return new AnswerFilter(List.copyOf(octets));
  }

  private static List<Range> ranges(String pattern, String text) {
    var ranges = new ArrayList<Range>();
    for (String part : text.split(";", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        throw malformed(pattern);
      }
      int from = Integer.parseInt(range.group(1));
      int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
      if (to > 255 || from > to) {
        throw malformed(pattern);
      }
      ranges.add(new Range(from, to));
    }
    return List.copyOf(ranges);
  }

  private static ConfigurationFault malformed(String pattern) {
    return new ConfigurationFault(
        "bad DNS list filter syntax: \"%s\", want: 127.0.0.2 or 127.0.0.[2;4..11]"
            .formatted(pattern));
  }

  /** Whether an IPv4 address, as text, counts. */
  boolean matches(String address) {
    if (octets.isEmpty()) {
      return true;
    }
    String[] numbers = address.split("\\.");
    if (numbers.length != octets.size()) {
      return false;
    }
    for (int i = 0; i < numbers.length; i++) {
      int number = Integer.parseInt(numbers[i]);
      if (octets.get(i).stream().noneMatch(range -> range.has(number))) {
        return false;
      }
    }
    return true;
  }
}
