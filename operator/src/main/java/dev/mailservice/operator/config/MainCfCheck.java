package dev.mailservice.operator.config;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.MainCf;
import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.parameters.ConfigurationCheck;
import dev.mailservice.maincf.parameters.KnownParameters;
import dev.mailservice.maincf.parameters.ProxyFilterParameters;
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
          KnownParameters.forServer(
              MainCf.parse(SOURCE, mainCf), List.of(), "localhost.localdomain");
      return ConfigurationCheck.check(main).stream()
          .filter(found -> found.severity() == Severity.ERROR)
          .map(Diagnostic::toString)
          .findFirst()
          .or(() -> PodTables.error(main.calm()).map(Diagnostic::toString))
          .or(() -> PodTables.error(main.stressed()).map(Diagnostic::toString))
          .or(() -> withoutNextHop(main));
    } catch (MainCfException e) {
      return Optional.of(e.diagnostic().toString());
    }
  }

  private static Optional<String> withoutNextHop(Configuration main) {
    return Stream.of(main.calm(), main.stressed())
            .anyMatch(it -> it.get(ProxyFilterParameters.SMTPD_PROXY_FILTER).isEmpty())
        ? Optional.of(
            "smtpd_proxy_filter is not set: a pod owns no mail and needs a next hop; add"
                + " smtpd_proxy_filter = host:port")
        : Optional.empty();
  }
}
