package dev.mailservice.smtpd.session;

import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.protocol.Reply;
import java.util.ArrayList;
import java.util.Optional;
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
 * @param softBounce {@code soft_bounce}
 */
record ReplyFooter(String text, Supplier<Maps> maps, boolean softBounce) {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\$(?:\\{(\\w+)\\}|\\((\\w+)\\)|(\\w+))");
  private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: .*)?");

  /**
   * The reply as the client sees it.
   *
   * @param attributes a session's attributes by name, as {@code client_address}
   */
  Reply append(Reply reply, Function<String, Optional<String>> attributes) {
    if (reply.isPositive()) {
      return reply;
    }
    String template = maps.get().isEmpty() ? text : mapped(reply).orElse(text);
    Reply whole = template.isEmpty() ? reply : append(reply, template, attributes);
    return softBounce ? soften(whole) : whole;
  }

  private Optional<String> mapped(Reply reply) {
    return maps.get().find(SearchKey.whole(reply.toWire().stripTrailing()));
  }

  private static Reply append(
      Reply reply, String template, Function<String, Optional<String>> attributes) {
    var lines = new ArrayList<String>(reply.lines());
    boolean continues = template.startsWith("\\c");
    String last = lines.getLast();
    Matcher enhanced = ENHANCED.matcher(last);
    String prefix = enhanced.matches() ? enhanced.group(1) + " " : "";
    for (String line : (continues ? template.substring(2) : template).split("\\\\n", -1)) {
      String expanded = expand(line, attributes);
      if (continues) {
        lines.set(lines.size() - 1, last + expanded);
        continues = false;
      } else {
        lines.add(prefix + expanded);
      }
    }
    return new Reply(reply.code(), lines);
  }

  private static String expand(String text, Function<String, Optional<String>> attributes) {
    return ATTRIBUTE
        .matcher(text)
        .replaceAll(
            found -> {
              String name =
                  found.group(1) != null
                      ? found.group(1)
                      : found.group(2) != null ? found.group(2) : found.group(3);
              return Matcher.quoteReplacement(attributes.apply(name).orElse(""));
            });
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
