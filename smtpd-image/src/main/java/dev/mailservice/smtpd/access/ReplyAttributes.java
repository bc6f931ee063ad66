package dev.mailservice.smtpd.access;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a {@link ReplyTemplate} may show of a session, as smtpd_reject_footer in postconf(5) lists
 * it; Postfix's smtpd_expand(3).
 *
 * @param inquiry the session as it stands
 * @param warnings hears of a name that is not known
 */
public record ReplyAttributes(Inquiry inquiry, Consumer<String> warnings) {
  /** What a name stands for; empty if that is not known. */
  public Optional<String> value(String name) {
    return switch (name) {
      case "client" -> Optional.of(inquiry.client().toString());
      case "client_address" -> Optional.of(inquiry.client().address());
      case "client_port" -> Optional.of(inquiry.client().port());
      case "client_name" -> Optional.of(inquiry.client().name().text());
      case "reverse_client_name" -> Optional.of(inquiry.client().reverseName().text());
      case "helo_name" -> inquiry.helo();
      case "sender" -> inquiry.sender().map(ReplyAttributes::shown);
      case "sender_name" -> inquiry.sender().map(ReplyAttributes::localPart);
      case "sender_domain" -> inquiry.sender().map(HostSyntax::domainOf);
      case "recipient" -> inquiry.recipient().map(ReplyAttributes::shown);
      case "recipient_name" -> inquiry.recipient().map(ReplyAttributes::localPart);
      case "recipient_domain" -> inquiry.recipient().map(HostSyntax::domainOf);
      default -> {
        warnings.accept("unknown macro name \"%s\" in expansion request".formatted(name));
        yield Optional.empty();
      }
    };
  }

  private static String shown(String address) {
    return address.isEmpty() ? "<>" : address;
  }

  private static String localPart(String address) {
    int at = address.lastIndexOf('@');
    return shown(at < 0 ? address : address.substring(0, at));
  }
}
