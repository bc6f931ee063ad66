package dev.mailservice.maincf;

/** A configuration that cannot be used; the diagnostic says where and why. */
public final class MainCfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  MainCfException(Diagnostic diagnostic) {
    // Without a stack trace: what counts is the place in the file, and a file may be all mistakes.
    super(diagnostic.toString(), null, false, false);
    this.diagnostic = diagnostic;
  }

  static MainCfException at(Position position, String message) {
    return new MainCfException(Diagnostic.error(position, message));
  }

  /** What is wrong, and where. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
