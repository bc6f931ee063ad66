package dev.mailservice.smtpd.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The template of a reply to who is on a DNS block list, {@code default_rbl_reply}: text with
 * {@code $name}, {@code ${name}}, {@code ${name?text}} and {@code ${name:text}}.
 *
 * @param allowedCharacters {@code smtpd_expansion_filter}: what else comes out of a name is an
 *     underscore
 */
record ReplyTemplate(String allowedCharacters) {
  private static final Pattern NAME = Pattern.compile("\\w+");

  /**
   * What a block list has to say.
   *
   * @param code of the reply
   * @param domain the list
   * @param reason its text
   * @param what is on it
   * @param kind of what is on it, in words
   */
  record Listed(int code, String domain, String reason, String what, String kind) {}

  /** The reply. */
  String expand(String template, Listed listed, Inquiry inquiry, RestrictionLog log) {
    var out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$' || at + 1 == template.length()) {
        out.append(c);
        at++;
      } else if (template.charAt(at + 1) == '$') {
        out.append('$');
        at += 2;
      } else {
        at = reference(template, at + 1, out, listed, inquiry, log);
      }
    }
    return out.toString();
  }

  private int reference(
      String template,
      int from,
      StringBuilder out,
      Listed listed,
      Inquiry inquiry,
      RestrictionLog log) {
    char open = template.charAt(from);
    if (open != '{' && open != '(') {
      Matcher name = NAME.matcher(template).region(from, template.length());
      if (!name.lookingAt()) {
        out.append('$');
        return from;
      }
      out.append(value(name.group(), listed, inquiry, log));
      return name.end();
    }
    int end = closing(template, from);
    String inside = template.substring(from + 1, end);
    Matcher name = NAME.matcher(inside);
    if (name.lookingAt()) {
      String value = value(name.group(), listed, inquiry, log);
      String rest = inside.substring(name.end());
      if (rest.isEmpty()) {
        out.append(value);
      } else if (rest.startsWith("?") ? !value.isEmpty() : value.isEmpty()) {
        out.append(expand(rest.substring(1), listed, inquiry, log));
      }
    }
    return Math.min(end + 1, template.length());
  }

  private static int closing(String template, int from) {
    char open = template.charAt(from);
    char close = open == '{' ? '}' : ')';
    int level = 0;
    for (int i = from; i < template.length(); i++) {
      if (template.charAt(i) == open) {
        level++;
      } else if (template.charAt(i) == close && --level == 0) {
        return i;
      }
    }
    return template.length();
  }

  private String value(String name, Listed listed, Inquiry inquiry, RestrictionLog log) {
    String value =
        switch (name) {
          case "rbl_code" -> String.valueOf(listed.code());
          case "rbl_domain" -> listed.domain();
          case "rbl_reason", "rbl_txt" -> listed.reason();
          case "rbl_what" -> listed.what();
          case "rbl_class" -> listed.kind();
          case "client" -> inquiry.client().toString();
          case "client_address" -> inquiry.client().address();
          case "client_port" -> inquiry.client().port();
          case "client_name" -> inquiry.client().name().text();
          case "reverse_client_name" -> inquiry.client().reverseName().text();
          case "helo_name" -> inquiry.helo().orElse("");
          case "sender" -> shown(inquiry.sender());
          case "sender_name" -> shown(inquiry.sender().map(ReplyTemplate::localPart));
          case "sender_domain" -> inquiry.sender().map(HostSyntax::domainOf).orElse("");
          case "recipient" -> shown(inquiry.recipient());
          case "recipient_name" -> shown(inquiry.recipient().map(ReplyTemplate::localPart));
          case "recipient_domain" -> inquiry.recipient().map(HostSyntax::domainOf).orElse("");
          default -> {
            log.warning("unknown macro name \"%s\" in expansion request".formatted(name));
            yield "";
          }
        };
    return filtered(value);
  }

  private static String shown(Optional<String> address) {
    return address.map(it -> it.isEmpty() ? "<>" : it).orElse("");
  }

  private static String localPart(String address) {
    int at = address.lastIndexOf('@');
    return at < 0 ? address : address.substring(0, at);
  }

  private String filtered(String value) {
    var out = new StringBuilder(value);
    for (int i = 0; i < out.length(); i++) {
      if (allowedCharacters.indexOf(out.charAt(i)) < 0) {
        out.setCharAt(i, '_');
      }
    }
    return out.toString();
  }
}
