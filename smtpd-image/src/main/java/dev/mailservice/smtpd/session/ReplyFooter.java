package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.MainCfException;
import dev.mailservice.maincf.Template;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.access.ReplyTemplate;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind every refusal, for the people who will read it in a bounce: {@code
 * smtpd_reject_footer} and {@code smtpd_reject_footer_maps}; and {@code soft_bounce}, which makes
 * all of them temporary.
 *
 * @param text the footer, {@code \n} between its lines, {@code \c} before it to continue the last
 *     line; empty for none
 * @param maps footers by the text of the reply, which go before
 * @param names how names in either are replaced
 * @param softBounce {@code soft_bounce}
 */
record ReplyFooter(String text, Supplier<Maps> maps, ReplyTemplate names, boolean softBounce) {
  private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: .*)?");

  /**
   * The reply as the client sees it.
   *
   * @param attributes a session's attributes by name, as {@code client_address}
   * @param warnings hears what is malformed
   */
  Reply append(
      Reply reply, Function<String, Optional<String>> attributes, Consumer<String> warnings) {
    if (reply.isPositive()) {
      return reply;
    }
    Template template =
        (maps.get().isEmpty() ? Optional.<String>empty() : mapped(reply))
            .map(it -> new Template("smtpd_reject_footer_maps", it))
            .orElseGet(() -> new Template("smtpd_reject_footer", text));
    Reply whole = template.text().isEmpty() ? reply : append(reply, template, attributes, warnings);
    return softBounce ? soften(whole) : whole;
  }

  private Reply append(
      Reply reply,
      Template template,
      Function<String, Optional<String>> attributes,
      Consumer<String> warnings) {
    try {
      return append(reply, template, line -> names.expand(line, attributes));
    } catch (MainCfException e) {
      warnings.accept(e.diagnostic().message());
      return reply;
    }
  }

  private Optional<String> mapped(Reply reply) {
    return maps.get().find(SearchKey.whole(reply.toWire().stripTrailing()));
  }

  private static Reply append(Reply reply, Template template, Function<Template, String> expand) {
    var lines = new ArrayList<String>(reply.lines());
    Matcher enhanced = ENHANCED.matcher(lines.getFirst());
    String prefix = enhanced.matches() ? enhanced.group(1) + " " : "";
    boolean continues = template.text().startsWith("\\c");
    String text = continues ? template.text().substring(2) : template.text();
    for (String line : text.split("\\\\n", -1)) {
      String expanded = expand.apply(new Template(template.name(), line));
      if (continues) {
        lines.add(lines.removeLast() + expanded);
        continues = false;
      } else {
        lines.add(prefix + expanded);
      }
    }
    return new Reply(reply.code(), lines);
  }

  private static Reply soften(Reply reply) {
    if (reply.code() < 500) {
      return reply;
    }
    return new Reply(
        reply.code() - 100,
        reply.lines().stream().map(it -> it.startsWith("5") ? "4" + it.substring(1) : it).toList());
  }
}
