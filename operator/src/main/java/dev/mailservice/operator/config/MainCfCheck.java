package dev.mailservice.operator.config;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.ProxyFilterParameters;
import dev.mailservice.maincf.parameters.SmtpdParameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a {@code main.cf} as the server will, in both personalities. */
public final class MainCfCheck {
  private static final String SOURCE = "main.cf";

  private MainCfCheck() {}

  /** What keeps {@code mainCf} from being run, in one sentence; empty if nothing does. */
  public static Optional<String> problem(String mainCf) {
    try {
      // The server asks its machine for a name; here any will do.
      Configuration main =
          Configuration.of(MainCf.parse(SOURCE, mainCf), SmtpdParameters.all())
              .withDefault(MiscellaneousParameters.MYHOSTNAME.name(), "localhost.localdomain");
      return Stream.of("stress=", "stress=yes")
          .flatMap(stress -> problem(main.override(stress)).stream())
          .findFirst();
    } catch (MainCfException e) {
      return Optional.of(e.diagnostic().toString());
    }
  }

  private static Optional<String> problem(Configuration main) {
    List<Diagnostic> diagnostics = SmtpdParameters.check(main);
    Optional<String> error =
        diagnostics.stream()
            .filter(found -> found.severity() == Severity.ERROR)
            .map(Diagnostic::toString)
            .findFirst();
    if (error.isPresent()) {
      return error;
    }
    return main.get(ProxyFilterParameters.SMTPD_PROXY_FILTER).isEmpty()
        ? Optional.of(
            "smtpd_proxy_filter is not set: a pod owns no mail and needs a next hop; add"
                + " smtpd_proxy_filter = host:port")
        : Optional.empty();
  }
}
