package dev.mailservice.smtpd.cli;

import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.Position;
import dev.mailservice.maincf.table.Folding;
import dev.mailservice.maincf.table.Loaded;
import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.LookupTable;
import dev.mailservice.maincf.table.TableReference;
import dev.mailservice.maincf.table.Tables;
import dev.mailservice.smtpd.table.TableFiles;
import dev.mailservice.smtpd.table.TableServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code smtpd postmap -q}: what a table answers. Standard output and exit status are those of
 * Postfix's postmap(1), of which it has the queries alone: there is no index to make.
 */
final class PostmapCommand {
  private static final String FROM_STANDARD_INPUT = "-";

  /** What a name without a type is; the text of the file is read either way. */
  private static final String DEFAULT_TYPE = "hash";

  private final List<NamedTable> tables;
  private final PrintStream out;
  private final PrintStream err;

  private record NamedTable(TableReference reference, LookupTable table) {}

  /** Why the command ends here. */
  private static final class Fatal extends Exception {
    private static final long serialVersionUID = 1L;

    Fatal(String message) {
      super(message);
    }
  }

  private PostmapCommand(List<NamedTable> tables, PrintStream out, PrintStream err) {
    this.tables = tables;
    this.out = out;
    this.err = err;
  }

  private static CommandSpec spec() {
    return CommandSpec.create()
        .name("smtpd postmap")
        .addOption(
            OptionSpec.builder("-c")
                .paramLabel("DIR")
                .type(String.class)
                .description("Taken as Postfix's takes it; nothing is read from there.")
                .build())
        .addOption(
            OptionSpec.builder("-f")
                .type(boolean.class)
                .description("Look keys up as they are, and not in lower case.")
                .build())
        .addOption(
            OptionSpec.builder("-q")
                .paramLabel("key")
                .type(String.class)
                .required(true)
                .description("What to look up; - reads keys from standard input, one a line.")
                .build())
        .addOption(
            OptionSpec.builder("--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Show this help and exit.")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("type:name")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..*")
                .description("Tables to ask, in this order.")
                .build());
  }

  /** Runs the command; returns the exit status: 0 if a key was found. */
  static int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
    try (out;
        err) {
      try {
        return query(arguments, in, out, err);
      } catch (Fatal e) {
        err.print(Command.asBytes("postmap: fatal: %s\n".formatted(e.getMessage())));
        return 1;
      }
    }
  }

  private static int query(List<String> arguments, InputStream in, PrintStream out, PrintStream err)
      throws Fatal {
    CommandLine commandLine = new CommandLine(spec()).setExpandAtFiles(false);
    ParseResult result;
    try {
      result = commandLine.parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw new Fatal(e.getMessage() + " (smtpd postmap --help lists the options)");
    }
    if (result.isUsageHelpRequested()) {
      out.print(commandLine.getUsageMessage());
      return 0;
    }
    var tables = new ArrayList<NamedTable>();
    for (String name : result.matchedPositionalValue(0, List.<String>of())) {
      tables.add(open(name, result.hasMatchedOption("-f") ? Folding.NONE : Folding.FIXED, err));
    }
    var command = new PostmapCommand(tables, out, err);
    String key = result.matchedOptionValue("-q", "");
    return (key.equals(FROM_STANDARD_INPUT) ? command.askAll(in) : command.ask(key, "")) ? 0 : 1;
  }

  private static NamedTable open(String name, Folding folding, PrintStream err) throws Fatal {
    TableReference reference;
    try {
      reference = TableReference.parse(name.indexOf(':') < 0 ? DEFAULT_TYPE + ":" + name : name);
    } catch (IllegalArgumentException e) {
      throw new Fatal(String.valueOf(e.getMessage()));
    }
    var here = new Position(name, 0, 0);
    var tables =
        new Tables(
            new TableFiles(), new TableServers(System::nanoTime), RandomGenerator.getDefault());
    Loaded<LookupTable> loaded = tables.open(reference, here, folding);
    for (Diagnostic diagnostic : loaded.diagnostics()) {
      boolean inFile = diagnostic.position().line() > 0;
      if (diagnostic.severity() == Severity.ERROR && !inFile) {
        throw new Fatal(diagnostic.message());
      }
      // As in Postfix: a line that is wrong is left out, and the others answer.
      warn(err, inFile ? diagnostic.toString() : diagnostic.message());
    }
    return new NamedTable(reference, loaded.value());
  }

  private boolean askAll(InputStream in) throws Fatal {
    boolean found = false;
    try (var keys = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String key = keys.readLine(); key != null; key = keys.readLine()) {
        found |= ask(key, key + "\t");
      }
    } catch (IOException e) {
      throw new Fatal("read standard input: " + e.getMessage());
    }
    return found;
  }

  private boolean ask(String key, String before) throws Fatal {
    for (NamedTable table : tables) {
      Optional<String> value;
      try {
        value = table.table().lookup(key);
      } catch (LookupFailure e) {
        throw new Fatal("table %s: query error: %s".formatted(table.reference(), e.getMessage()));
      }
      if (value.isPresent()) {
        if (value.get().isEmpty()) {
          warn(
              err,
              "table %s: key %s: empty string result is not allowed"
                  .formatted(table.reference(), key));
          warn(
              err,
              "table %s should return NO RESULT in case of NOT FOUND".formatted(table.reference()));
        }
        out.print(Command.asBytes(before + value.get() + "\n"));
        return true;
      }
    }
    return false;
  }

  private static void warn(PrintStream err, String message) {
    err.print(Command.asBytes("postmap: warning: %s\n".formatted(message)));
  }
}
