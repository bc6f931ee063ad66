package dev.mailservice.smtpd.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Which command a command line begins with. */
public final class Command {
  private Command() {}

  /**
   * Runs the command that the first argument names.
   *
   * @return its exit status; empty if the first argument names none, so that the server is meant
   */
  public static OptionalInt run(String[] arguments) {
    if (arguments.length == 0) {
      return OptionalInt.empty();
    }
    return switch (arguments[0]) {
      case "postconf" ->
          OptionalInt.of(
              PostconfCommand.run(rest(arguments), bytes(System.out), bytes(System.err)));
      case "postmap" ->
          OptionalInt.of(
              PostmapCommand.run(rest(arguments), System.in, bytes(System.out), bytes(System.err)));
      case "check" ->
          OptionalInt.of(CheckCommand.run(rest(arguments), bytes(System.out), bytes(System.err)));
      default -> OptionalInt.empty();
    };
  }

  private static List<String> rest(String[] arguments) {
    return Arrays.asList(arguments).subList(1, arguments.length);
  }

  /** A file is a string of bytes, and what is quoted of it leaves as the same bytes. */
  private static PrintStream bytes(PrintStream stream) {
    return new PrintStream(stream, false, StandardCharsets.ISO_8859_1);
  }

  /** An argument as the string of bytes that the administrator typed. */
  static String asBytes(String argument) {
    return new String(argument.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
