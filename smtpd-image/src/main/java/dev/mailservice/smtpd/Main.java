package dev.mailservice.smtpd;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.smtpd.cli.Command;
import dev.mailservice.smtpd.cli.MachineName;
import dev.mailservice.smtpd.cli.MainCfFile;
import dev.mailservice.smtpd.memory.ProcessMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** The process: command line and {@code main.cf} in, exit status out. */
public final class Main {
  private Main() {}

  /** Starts the server, or says in one line on standard error why not and exits with status 1. */
  public static void main(String[] arguments) {
    OptionalInt status = Command.run(arguments);
    if (status.isPresent()) {
      System.exit(status.getAsInt());
    }
    if (Options.asksForHelp(arguments)) {
      System.out.print(Options.usage());
      return;
    }
    Ending ending = Ending.begin();
    try {
      Options options = Options.parse(arguments);
      Path file = options.configDirectory().resolve("main.cf");
      MainCf mainCf = MainCf.parse(file.toString(), read(file));
      Configuration main =
          KnownParameters.forServer(mainCf, options.overrides(), MachineName.get());
      List<Diagnostic> found = ConfigurationCheck.check(main);
      refuseErrors(found);
      StandardOutput log = StandardOutput.logging(main);
      mainCf.warnings().forEach(it -> log.mailLog().warning(it.toString()));
      found.forEach(it -> log.mailLog().warning(it.toString()));
      warnOfSlowStarts(log);
      start(options, main, log, ending);
    } catch (Smtpd.StartException e) {
      ending.refuse();
      fail(e.reasons());
    } catch (Options.Refused | MainCfException e) {
      ending.refuse();
      fail(List.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException | Error e) {
      // A fault is no end that an administrator should take for a good one.
      ending.refuse();
      throw e;
    }
  }

  /** Java goes on without a cache that it cannot use. */
  private static void warnOfSlowStarts(StandardOutput log) {
    if (!System.getProperty("java.vm.info", "").contains("sharing")) {
      log.mailLog()
          .warning(
              "Java uses no AOT cache, so that this server started slowly: the cache is missing, or"
                  + " was made for another Java or other options of it");
    }
  }

  private static void start(Options options, Configuration main, StandardOutput log, Ending ending)
      throws Smtpd.StartException {
    try {
      Smtpd smtpd =
          new Smtpd(
              main,
              options.listen(),
              options.admin(),
              log.mailLog(),
              Path.of("/etc"),
              new ProcessMemory(),
              System::nanoTime);
      ending.serve(smtpd, options.drainTimeout(), log);
    } catch (Smtpd.StartException e) {
      log.flush();
      throw e;
    }
  }

  private static void fail(List<String> reasons) {
    reasons.forEach(it -> System.err.println("smtpd: " + it));
    System.exit(1);
  }

  private static void refuseErrors(List<Diagnostic> found) throws Smtpd.StartException {
    String[] errors =
        found.stream()
            .filter(it -> it.severity() == Severity.ERROR)
            .map(Diagnostic::toString)
            .toArray(String[]::new);
    if (errors.length > 0) {
      throw new Smtpd.StartException(errors);
    }
  }

  private static String read(Path file) throws Smtpd.StartException {
    try {
      return MainCfFile.read(file);
    } catch (IOException e) {
      throw new Smtpd.StartException(e.getMessage() + ", want: a main.cf there, or -c DIR");
    }
  }
}
