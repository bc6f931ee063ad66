package dev.mailservice.e2e.chart;

/** Text on a page. */
public final class Html {
  private Html() {}

  /** Words of others, which must not be taken for markup; fit for an attribute in double quotes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
