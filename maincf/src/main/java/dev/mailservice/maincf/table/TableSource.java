package dev.mailservice.maincf.table;

/** Where the text of a table's file comes from: a mounted directory, or a map in a test. */
@FunctionalInterface
public interface TableSource {
  /**
   * The text of a file.
   *
   * @param name the file as the configuration names it
   * @return all of it; what is no UTF-8 stands as U+FFFD
   * @throws Unreadable if there is no such file, or it cannot be read
   */
  String read(String name) throws Unreadable;

  /** A file could not be read. */
  final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason why, without the file's name: {@code No such file or directory}
     */
    public Unreadable(String reason) {
      super(reason);
    }

    /** Why, without the file's name. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }
}
