package dev.mailservice.smtpd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LineEndsTest {
  @Property
  void any_byte_is_found_that_is_a_CR_or_an_LF_and_no_other(
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @IntRange(max = 40) int from,
      @ForAll @IntRange(max = 40) int end,
      @ForAll @IntRange(max = 40) int lineEnd,
      @ForAll boolean isReturn) {
    int last = Math.min(end, bytes.length);
    int first = Math.min(from, last);
    if (lineEnd < bytes.length) {
      bytes[lineEnd] = (byte) (isReturn ? '\r' : '\n');
    }
    int expected = first;
    while (expected < last && bytes[expected] != '\r' && bytes[expected] != '\n') {
      expected++;
    }
    assertThat(LineEnds.next(bytes, first, last)).isEqualTo(expected);
  }
}
