package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.smtpd.dns.Resolver;
import dev.mailservice.smtpd.protocol.Characters;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.protocol.WireText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The course of one list of restrictions over one inquiry: what has been said so far, and what is
 * doubtful. Used by one thread. Follows smtpd_check_reject and its like.
 */
final class Evaluation {
  private static final int MAX_DEPTH = 100;

  private final Inquiry inquiry;
  private final Subject subject;
  private final boolean softBounce;
  private final RestrictionLog log;
  private final Supplier<Resolver> dns;
  private final List<String> prepended = new ArrayList<>();
  private Optional<Deferral> deferIfPermit;
  private Optional<Deferral> deferIfReject = Optional.empty();
  private Optional<Reply> rejection = Optional.empty();
  private boolean warnOnly;
  private int depth;

  /** Of whom a restriction of the list has asked whether they are known. */
  private final Set<Subject.Kind> listingAsked = EnumSet.noneOf(Subject.Kind.class);

  /**
   * @param subject what the list is about
   * @param deferIfPermit what earlier lists left doubtful
   */
  Evaluation(
      Inquiry inquiry,
      Subject subject,
      Optional<Deferral> deferIfPermit,
      boolean softBounce,
      RestrictionLog log,
      Supplier<Resolver> dns) {
    this.inquiry = inquiry;
    this.subject = subject;
    this.deferIfPermit = deferIfPermit;
    this.softBounce = softBounce;
    this.log = log;
    this.dns = dns;
  }

  Inquiry inquiry() {
    return inquiry;
  }

  Subject subject() {
    return subject;
  }

  Resolver dns() {
    return dns.get();
  }

  RestrictionLog log() {
    return log;
  }

  Optional<Deferral> deferIfPermit() {
    return deferIfPermit;
  }

  /** What the client is told; empty if nothing was refused. */
  Optional<Reply> rejection() {
    return rejection;
  }

  List<String> prepended() {
    return prepended;
  }

  void prepend(String header) {
    prepended.add(WireText.wire(header));
  }

  boolean isListingAsked(Subject.Kind kind) {
    return listingAsked.contains(kind);
  }

  void listingAsked(Subject.Kind kind) {
    listingAsked.add(kind);
  }

  /** Runs a list or a check; a fault in it refuses for now, as Postfix does. */
  Verdict run(Check check) {
    try {
      return check.check(this);
    } catch (ConfigurationFault e) {
      e.lines().forEach(log::warning);
      return refuse(false, 451, "4.3.5", "Server configuration error");
    } catch (LookupFailure e) {
      return temporaryLookupFailure(e, subject.name());
    }
  }

  /** A table that says who there is cannot answer: it is not known, and not refused for good. */
  private Verdict temporaryLookupFailure(LookupFailure failure, String name) {
    log.warning(String.valueOf(failure.getMessage()));
    return refuse(false, 451, "4.3.0", "<%s>: Temporary lookup failure".formatted(name));
  }

  /**
   * Something inside a restriction, which may be a list of others.
   *
   * @param onlyWarns {@code warn_if_reject} stands before it
   */
  Verdict within(boolean onlyWarns, Check check) {
    if (depth >= MAX_DEPTH) {
      throw new ConfigurationFault(
          "restrictions for <%s> cause unreasonable recursion".formatted(subject.name()));
    }
    boolean outer = warnOnly;
    warnOnly |= onlyWarns;
    depth++;
    try {
      return check.check(this);
    } finally {
      depth--;
      warnOnly = outer;
    }
  }

  /** Whether nothing that follows could change what is said in the end. */
  boolean isDeferredEitherWay() {
    return deferIfPermit.isPresent() && deferIfReject.isPresent();
  }

  /**
   * Refuses, or only says so in the log where {@code warn_if_reject} asks for that.
   *
   * @param code of the reply
   * @param enhanced the enhanced code, whose class follows the code's
   */
  Verdict reject(int code, String enhanced, String text) {
    return refuse(warnOnly, code, enhanced, text);
  }

  private Verdict refuse(boolean onlyWarns, int code, String enhanced, String text) {
    Reply reply = reply(code, enhanced, text);
    if (!onlyWarns && reply.code() >= 500 && deferIfReject.isPresent()) {
      Deferral earlier = deferIfReject.get();
      deferIfReject = Optional.empty();
      return refuse(false, earlier.code(), earlier.enhanced(), earlier.text());
    }
    Reply said = softBounce && reply.code() >= 500 ? reply(code - 100, enhanced, text) : reply;
    log.info(onlyWarns ? RejectLog.warn(inquiry, said) : RejectLog.reject(inquiry, said));
    if (onlyWarns) {
      return Verdict.UNDECIDED;
    }
    rejection = Optional.of(said);
    return Verdict.REJECT;
  }

  private Reply reply(int code, String enhanced, String text) {
    if (code < 400 || code > 599) {
      log.warning("SMTP reply code configuration error: %d %s %s".formatted(code, enhanced, text));
      return Reply.of("450 4.7.1 Service unavailable");
    }
    String whole = "%d %d%s %s".formatted(code, code / 100, enhanced.substring(1), text);
    return Reply.of(Characters.printable(whole, ' '));
  }

  /** From now on a permission is only a maybe; the first reason counts. */
  void deferIfPermit(Deferral deferral) {
    if (warnOnly) {
      reject(deferral.code(), deferral.enhanced(), deferral.text());
    } else if (deferIfPermit.isEmpty()) {
      deferIfPermit = Optional.of(deferral);
    }
  }

  /** From now on a refusal is only a maybe; the first reason counts. */
  void deferIfReject(Deferral deferral) {
    if (deferIfReject.isEmpty()) {
      deferIfReject = Optional.of(deferral);
    }
  }

  /** Another list about the same follows: what made refusals doubtful was a matter of the last. */
  void nextList() {
    deferIfReject = Optional.empty();
  }

  /** All lists have been asked and none has refused: what was doubtful counts now. */
  Verdict end() {
    warnOnly = false;
    return deferIfPermit
        .map(it -> refuse(false, it.code(), it.enhanced(), it.text()))
        .orElse(Verdict.UNDECIDED);
  }
}
