package dev.mailservice.smtpd.access;

import java.util.List;

/** Restrictions that are asked in order until one of them decides. */
record RestrictionChain(List<Link> links) implements Check {
  /**
   * One of them.
   *
   * @param warnOnly {@code warn_if_reject} stands before it
   */
  record Link(boolean warnOnly, Check check) {}

  @Override
  public Verdict check(Evaluation it) {
    for (Link link : links) {
      Verdict verdict = it.within(link.warnOnly(), link.check());
      if (verdict != Verdict.UNDECIDED) {
        return verdict;
      }
      if (it.isDeferredEitherWay()) {
        break;
      }
    }
    return Verdict.UNDECIDED;
  }
}
