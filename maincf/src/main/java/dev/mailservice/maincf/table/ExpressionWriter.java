package dev.mailservice.maincf.table;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes an expression for Java's engine piece by piece, and knows what the next quantifier would
 * repeat, so that {@code a+?} can be written as what it means elsewhere.
 */
final class ExpressionWriter {
  /** Beyond it even an empty group repeated takes seconds; both PCRE and glibc refuse earlier. */
  private static final long LARGEST = 1_000_000;

  private static final int NOTHING = -1;

  private final StringBuilder out = new StringBuilder();
  private final Deque<Group> open = new ArrayDeque<>();
  private int atom = NOTHING;
  private boolean quantified;
  private long atomWeight;
  private long weight;
  private int groups;
  private int closedGroups;

  private record Group(int start, boolean capturing, long weightBefore) {}

  int groups() {
    return groups;
  }

  int closedGroups() {
    return closedGroups;
  }

  int depth() {
    return open.size();
  }

  /** Something that a quantifier may follow. */
  void atom(String java) {
    atom = out.length();
    quantified = false;
    atomWeight = 1;
    weight++;
    out.append(java);
  }

  void literal(char c) {
    atom(quote(c));
  }

  /** Something that a quantifier may not follow: an anchor, a bar, flags. */
  void plain(String java) {
    out.append(java);
    atom = NOTHING;
  }

  void open(String java, boolean capturing) {
    open.push(new Group(out.length(), capturing, weight));
    groups += capturing ? 1 : 0;
    plain(java);
    weight = 1;
  }

  void close() {
    Group group = open.pop();
    out.append(')');
    atom = group.start();
    quantified = false;
    atomWeight = weight;
    weight += group.weightBefore();
    closedGroups += group.capturing() ? 1 : 0;
  }

  boolean hasAtom() {
    return atom != NOTHING;
  }

  /**
   * Repeats what was written last.
   *
   * @param java the quantifier
   * @param times how often at least, or at most if there is a bound
   * @param at where it stands, for the message
   */
  void quantify(String java, int times, int at) throws MalformedExpression {
    if (quantified) {
      out.insert(atom, "(?:").append(')');
    }
    weight += atomWeight * Math.max(0, times - 1);
    atomWeight *= Math.max(1, times);
    if (weight > LARGEST) {
      throw new MalformedExpression("Regular expression too big", at);
    }
    out.append(java);
    quantified = true;
  }

  String text() {
    return out.toString();
  }

  static String quote(char c) {
    return Directive.isAlphanumeric(c) || c > 0x7f ? String.valueOf(c) : "\\" + c;
  }
}
