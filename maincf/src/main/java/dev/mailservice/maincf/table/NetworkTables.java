package dev.mailservice.maincf.table;

/** Opens tables that a server answers: {@code socketmap:} and {@code tcp:}. */
@FunctionalInterface
public interface NetworkTables {
  /**
   * Makes a client; it connects at its first lookup.
   *
   * @throws IllegalArgumentException if the name is not of the type's form; the message is for the
   *     administrator
   */
  LookupTable open(TableReference reference);

  /** For who only reads a configuration: nobody answers. */
  static NetworkTables unreachable() {
    return reference -> FailingTable.because(reference + ": there is no network here");
  }
}
