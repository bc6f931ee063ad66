package dev.mailservice.e2e.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a figure must keep to.
 *
 * @param bound in which direction, and whether the ratio to Postfix is meant or the figure itself
 * @param value of the ratio, or of the figure in its row's unit
 */
public record Floor(Bound bound, double value) {
  /** How a floor is read. */
  public enum Bound {
    /** Ours divided by Postfix's is no less. */
    RATIO_AT_LEAST,
    /** Ours divided by Postfix's is no more. */
    RATIO_AT_MOST,
    /** Ours is no less. */
    AT_LEAST,
    /** Ours is no more. */
    AT_MOST
  }

  /** Ours is at least so many times Postfix's. */
  public static Floor atLeastTimes(double ratio) {
    return new Floor(Bound.RATIO_AT_LEAST, ratio);
  }

  /** Ours is at most so many times Postfix's. */
  public static Floor atMostTimes(double ratio) {
    return new Floor(Bound.RATIO_AT_MOST, ratio);
  }

  /** Ours is at least this, in the row's unit. */
  public static Floor atLeast(double value) {
    return new Floor(Bound.AT_LEAST, value);
  }

  /** Ours is at most this, in the row's unit. */
  public static Floor atMost(double value) {
    return new Floor(Bound.AT_MOST, value);
  }

  /** Whether it is kept; a ratio that is not known says nothing either way. */
  Met met(double ours, @Nullable Double ratio) {
    boolean ofRatio = bound == Bound.RATIO_AT_LEAST || bound == Bound.RATIO_AT_MOST;
    Double judged = ofRatio ? ratio : Double.valueOf(ours);
    if (judged == null || judged.isNaN()) {
      return Met.NOT_KNOWN;
    }
    boolean atLeast = bound == Bound.RATIO_AT_LEAST || bound == Bound.AT_LEAST;
    return (atLeast ? judged >= value : judged <= value) ? Met.YES : Met.NO;
  }

  /** In words, without the unit. */
  @JsonProperty
  public String words() {
    String number = Figures.plain(value);
    return String.format(
        Locale.ROOT,
        switch (bound) {
          case RATIO_AT_LEAST -> "at least %s times Postfix";
          case RATIO_AT_MOST -> "at most %s times Postfix";
          case AT_LEAST -> "at least %s";
          case AT_MOST -> "at most %s";
        },
        number);
  }

  /** Whether a floor was kept. */
  public enum Met {
    /** It was. */
    YES,
    /** It was missed. */
    NO,
    /** Something that it asks for was not measured. */
    NOT_KNOWN,
    /** There is none: the figure is for information. */
    NO_FLOOR
  }
}
