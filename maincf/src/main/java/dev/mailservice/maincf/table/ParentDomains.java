package dev.mailservice.maincf.table;

import java.util.ArrayList;
import java.util.List;

/** How a table or list names the subdomains of a domain. */
public enum ParentDomains {
  /**
   * {@code example.com} stands for its subdomains, too: for what is named in {@code
   * parent_domain_matches_subdomains}.
   */
  BY_NAME,
  /** {@code .example.com} stands for the subdomains, and {@code example.com} for itself alone. */
  BY_DOT;

  /** The name, and each of its parents in the form that is looked up. */
  List<String> of(String name) {
    var names = new ArrayList<String>();
    int from = 0;
    while (from < name.length()) {
      names.add(name.substring(from));
      int dot = name.indexOf('.', from + 1);
      if (dot < 0) {
        break;
      }
      from = this == BY_NAME ? dot + 1 : dot;
    }
    return names;
  }
}
