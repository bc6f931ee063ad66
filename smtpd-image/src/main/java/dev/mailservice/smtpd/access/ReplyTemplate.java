package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.Template;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the text of a reply is made that an administrator wrote, {@code default_rbl_reply} and {@code
 * smtpd_reject_footer}.
 *
 * @param allowedCharacters {@code smtpd_expansion_filter}: what else comes out of a name is an
 *     underscore
 */
public record ReplyTemplate(String allowedCharacters) {
  /**
   * The text with its names replaced.
   *
   * @param values what a name stands for, as {@link ReplyAttributes} has it
   * @throws dev.mailservice.maincf.MainCfException if the text is malformed
   */
  public String expand(Template template, Function<String, Optional<String>> values) {
    return template.expand(name -> values.apply(name).map(this::filtered));
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
