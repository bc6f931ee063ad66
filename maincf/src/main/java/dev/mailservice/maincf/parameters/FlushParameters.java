package dev.mailservice.maincf.parameters;

import static dev.mailservice.maincf.ParameterType.patterns;
import static dev.mailservice.maincf.Support.IMPLEMENTED;

import dev.mailservice.maincf.Parameter;
import java.util.List;

/** flush(8). Whose mail may be asked for with ETRN. */
public final class FlushParameters {
  /** Domains that ETRN may ask for. */
  public static final Parameter<List<String>> FAST_FLUSH_DOMAINS =
      Parameter.of(
          "fast_flush_domains",
          patterns(),
          "$relay_domains",
          IMPLEMENTED,
          "",
          "Domains whose mail may be asked for with ETRN. There is no queue here, so that nothing"
              + " waits for them.");

  static final List<Parameter<?>> ALL = List.of(FAST_FLUSH_DOMAINS);

  private FlushParameters() {}
}
