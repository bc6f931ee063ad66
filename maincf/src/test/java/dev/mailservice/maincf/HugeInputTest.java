package dev.mailservice.maincf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.KnownParameters;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten megabytes of anything, nested as deep as it goes, end in a value or in the library's own
 * exception: on a small stack, and with memory in proportion to the input.
 */
class HugeInputTest {
  private static final int MEGABYTE = 1 << 20;

  /** What the first use of classes and tables may take. */
  private static final long FIXED = 32L * MEGABYTE;

  /** Half of what a thread gets by default. */
  private static final int SMALL_STACK = 512 << 10;

  /** Shapes of a file, each by its size in characters. */
  enum Shape {
    ONE_LONG_VALUE(size -> "a = " + "x".repeat(size)),
    MANY_LINES(size -> "smtpd_banner = x\n".repeat(size / 17)),
    MANY_NAMES(Shape::manyNames),
    MANY_CONTINUATIONS(size -> "a = b\n" + " continued\n".repeat(size / 11)),
    MANY_COMMENTS(size -> "a = b\n" + "# comment\n".repeat(size / 10) + " c\n"),
    NO_NEWLINE_AND_NO_EQUALS_SIGN("x"::repeat),
    MANY_BROKEN_LINES(size -> "broken\n".repeat(size / 7)),
    DOLLARS(size -> "a = " + "$".repeat(size)),
    REFERENCES(size -> "a = " + "$b".repeat(size / 2)),
    OPENED(size -> "a = " + "${".repeat(size / 2)),
    OPENED_WITH_PARENTHESES(size -> "a = " + "$(".repeat(size / 2)),
    BRACES(size -> "a = ${" + "{".repeat(size)),
    CLOSED(size -> "a = " + "}".repeat(size)),
    NESTED_IN_ARMS(size -> "a = " + "${a?{".repeat(size / 7) + "}}".repeat(size / 7)),
    NESTED_IN_LAST_ARMS(size -> "a = " + "${b:{".repeat(size / 7) + "}}".repeat(size / 7)),
    NESTED_WITHOUT_BRACES(size -> "a = " + "${a?".repeat(size / 5) + "}".repeat(size / 5)),
    NESTED_IN_LEFT_OPERANDS(
        size -> "a = " + "${{".repeat(size / 14) + "} == {b}?{c}}".repeat(size / 14)),
    NESTED_IN_RIGHT_OPERANDS(
        size -> "a = " + "${{b} == {".repeat(size / 16) + "}?{c}}".repeat(size / 16)),
    NESTED_IN_EVERYTHING(
        size -> "a = " + "${{$(a?{".repeat(size / 26) + "})} == {b}?{c}:d}".repeat(size / 26)),
    CHAIN(Shape::chain),
    CIRCLE(size -> "a = $b\nb = ${{$a} == {x} ? {y}}\n" + "#".repeat(size)),
    LONG_NUMBERS(size -> "a = ${{" + "1".repeat(size / 2) + "} == {" + "1".repeat(size / 2) + "}}"),
    LONG_TIME(size -> "smtpd_timeout = " + "1".repeat(size)),
    LONG_LIST(size -> "mynetworks = " + "10.0.0.1, ".repeat(size / 10)),
    LONG_NAME(size -> "a = $" + "b".repeat(size));

    private final IntFunction<String> text;

    Shape(IntFunction<String> text) {
      this.text = text;
    }

    private static String manyNames(int size) {
      var text = new StringBuilder(size);
      for (int at = 0; text.length() < size; at++) {
        text.append("name_").append(at).append(" = $name_").append(at + 1).append('\n');
      }
      return text.toString();
    }

    private static String chain(int size) {
      return manyNames(size).replace("name_0 ", "a ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void ten_megabytes_are_read_or_refused_on_a_small_stack(Shape shape) throws Exception {
    String text = shape.text.apply(10 * MEGABYTE);
    onSmallStack(() -> expandOrRefuse(MainCf.read("main.cf", text, error -> {})));
  }

  @ParameterizedTest
  @EnumSource
  void a_megabyte_is_checked_on_a_small_stack(Shape shape) throws Exception {
    String text = shape.text.apply(MEGABYTE);
    onSmallStack(() -> check(text));
  }

  @ParameterizedTest
  @EnumSource
  void memory_grows_no_faster_than_the_input(Shape shape) throws Exception {
    String once = shape.text.apply(MEGABYTE);
    String fourTimes = shape.text.apply(4 * MEGABYTE);
    long small = onSmallStack(() -> expandOrRefuse(MainCf.read("main.cf", once, error -> {})));
    long large = onSmallStack(() -> expandOrRefuse(MainCf.read("main.cf", fourTimes, error -> {})));
    assertThat(large).as("bytes for 4 MB, where 1 MB took %d", small).isLessThan(FIXED + 6 * small);
  }

  private static void expandOrRefuse(MainCf file) {
    Configuration main = Configuration.of(file, List.of()).stressed();
    try {
      assertThat(main.expand("a").orElse("")).isNotNull();
      assertThat(main.malformed("a")).isNotNull();
    } catch (MainCfException refused) {
      assertThat(refused.diagnostic().message()).isNotEmpty();
    }
  }

  private static void check(String text) {
    MainCf file = MainCf.read("main.cf", text, error -> {});
    assertThat(ConfigurationCheck.check(KnownParameters.forServer(file, List.of(), "mx.test")))
        .isNotNull();
  }

  /** Runs it there, and returns how many bytes it allocated. */
  private static long onSmallStack(Runnable action) throws Exception {
    var failure = new AtomicReference<Throwable>();
    var allocated = new long[1];
    var memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var thread =
        new Thread(
            null,
            () -> {
              long before = memory.getCurrentThreadAllocatedBytes();
              action.run();
              allocated[0] = memory.getCurrentThreadAllocatedBytes() - before;
            },
            "small-stack",
            SMALL_STACK);
    thread.setUncaughtExceptionHandler((of, thrown) -> failure.set(thrown));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
    return allocated[0];
  }
}
