package dev.mailservice.maincf.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A compiled expression.
 *
 * @param pattern it, for Java's engine
 * @param anchored whether it must match from the text's start
 * @param longest whether of all matches that start first the longest is wanted, as POSIX says
 */
record RegularExpression(Pattern pattern, boolean anchored, boolean longest) {
  /**
   * Compiles Java's syntax.
   *
   * @throws MalformedExpression if Java's engine refuses it or its stack does not hold it
   */
  static RegularExpression compile(String java, int flags, boolean anchored, boolean longest)
      throws MalformedExpression {
    try {
      return new RegularExpression(Pattern.compile(java, flags), anchored, longest);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MalformedExpression(
          "not understood: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""), 0);
    } catch (StackOverflowError e) {
      throw new MalformedExpression("Regular expression too big", 0);
    }
  }

  int groups() {
    return pattern.matcher("").groupCount();
  }

  /**
   * Whether it matches anywhere in the text.
   *
   * @throws Steps.Exhausted if that takes too long
   * @throws StackOverflowError if that goes too deep
   */
  boolean matches(CountedText text) {
    Matcher matcher = pattern.matcher(text);
    return anchored ? matcher.lookingAt() : matcher.find();
  }

  /**
   * What each pair of parentheses held, the whole match first, an empty text for what took no part;
   * empty if it does not match.
   *
   * @throws Steps.Exhausted if that takes too long
   * @throws StackOverflowError if that goes too deep
   */
  Optional<List<String>> captures(CountedText text) {
    Matcher matcher = pattern.matcher(text);
    if (!(anchored ? matcher.lookingAt() : matcher.find())) {
      return Optional.empty();
    }
    settle(matcher, text);
    var captures = new ArrayList<String>();
    for (int group = 0; group <= matcher.groupCount(); group++) {
      String captured = matcher.group(group);
      captures.add(captured == null ? "" : captured);
    }
    return Optional.of(captures);
  }

  /**
   * Matches again from where the match starts: Java's engine leaves in a group what a possessive
   * quantifier put there in an attempt that failed further left.
   */
  private void settle(Matcher matcher, CountedText text) {
    int start = matcher.start();
    int end = matcher.end();
    matcher.useAnchoringBounds(false).useTransparentBounds(true);
    if (longest) {
      for (int to = text.length(); to > end; to--) {
        if (matcher.region(start, to).matches()) {
          return;
        }
      }
    }
    if (start > 0 || longest) {
      matcher.region(start, text.length()).lookingAt();
    }
  }
}
