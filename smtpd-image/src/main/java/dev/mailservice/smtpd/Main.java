package dev.mailservice.smtpd;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.smtpd.cli.Command;
import dev.mailservice.smtpd.cli.HostName;
import dev.mailservice.smtpd.cli.MainCfFile;
import dev.mailservice.smtpd.session.MailLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
    try {
      Options options = Options.parse(arguments);
      var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      var log = new MailLog(out, Clock.systemDefaultZone(), HostName.get());
      Smtpd smtpd = new Smtpd(configuration(options, log), options.listen(), options.admin(), log);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(smtpd, options.drainTimeout())));
      smtpd.start();
    } catch (Smtpd.StartException e) {
      fail(e.reasons());
    } catch (Options.Refused | MainCfException e) {
      fail(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static void drain(Smtpd smtpd, Duration timeout) {
    try {
      smtpd.drain(timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A drain is how this server ends well; the JVM would report 143 for the signal.
    Runtime.getRuntime().halt(0);
  }

  private static void fail(List<String> reasons) {
    reasons.forEach(it -> System.err.println("smtpd: " + it));
    System.exit(1);
  }

  private static Configuration configuration(Options options, MailLog log)
      throws Smtpd.StartException {
    Path file = options.configDirectory().resolve("main.cf");
    MainCf mainCf = MainCf.parse(file.toString(), read(file));
    mainCf.warnings().forEach(it -> log.warning(it.toString()));
    Configuration main = KnownParameters.forServer(mainCf, options.overrides(), HostName.get());
    for (Diagnostic diagnostic : ConfigurationCheck.check(main)) {
      if (diagnostic.severity() == Severity.ERROR) {
        throw new Smtpd.StartException(diagnostic.toString());
      }
      log.warning(diagnostic.toString());
    }
    return main;
  }

  private static String read(Path file) throws Smtpd.StartException {
    try {
      return MainCfFile.read(file);
    } catch (IOException e) {
      throw new Smtpd.StartException(e.getMessage() + ", want: a main.cf there, or -c DIR");
    }
  }
}
