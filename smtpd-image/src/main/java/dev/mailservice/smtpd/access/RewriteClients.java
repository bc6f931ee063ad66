package dev.mailservice.smtpd.access;

import dev.mailservice.maincf.table.LookupFailure;
import dev.mailservice.maincf.table.Maps;
import dev.mailservice.maincf.table.SearchKey;
import dev.mailservice.smtpd.address.OwnAddresses;
import dev.mailservice.smtpd.client.Client;
import dev.mailservice.smtpd.client.Login;
import dev.mailservice.smtpd.client.TlsSession;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code local_header_rewrite_clients}: whose mail this site may complete as its own. It does not
 * do that here; XFORWARD tells the next hop, as SOURCE. Follows smtpd_check_rewrite of Postfix.
 */
public final class RewriteClients {
  private static final String PARAMETER = "local_header_rewrite_clients";

  private final List<Condition> conditions;

  private interface Condition {
    boolean holds(Client client, Optional<Login> login, Optional<TlsSession> tls);
  }

  private RewriteClients(List<Condition> conditions) {
    this.conditions = List.copyOf(conditions);
  }

  /**
   * What the words of the list look at.
   *
   * @param own the machine's addresses
   * @param myNetworks {@code mynetworks}
   * @param relayCertificates {@code relay_clientcerts}
   * @param tables opens a table
   */
  public record Sources(
      OwnAddresses own,
      MatchList myNetworks,
      Supplier<Maps> relayCertificates,
      Function<String, Supplier<Maps>> tables) {}

  /**
   * Reads the list.
   *
   * @throws IllegalArgumentException at a word that is not understood
   */
  public static RewriteClients of(List<String> words, Sources sources) {
    var conditions = new ArrayList<Condition>();
    for (Iterator<String> it = words.iterator(); it.hasNext(); ) {
      String word = it.next();
      boolean announced = word.equalsIgnoreCase("check_address_map") && it.hasNext();
      conditions.add(condition(announced ? it.next() : word, sources));
    }
    return new RewriteClients(conditions);
  }

  private static Condition condition(String word, Sources sources) {
    if (word.indexOf(':') >= 0) {
      Supplier<Maps> table = sources.tables().apply(word);
      return (client, login, tls) ->
          answer(() -> table.get().find(SearchKey.whole(client.address())).isPresent());
    }
    Supplier<Maps> relayCertificates = sources.relayCertificates();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "permit_inet_interfaces" -> (client, login, tls) -> sources.own().has(client.address());
      case "permit_mynetworks" -> (client, login, tls) -> sources.myNetworks().hasClient(client);
      case "permit_sasl_authenticated" -> (client, login, tls) -> login.isPresent();
      case "permit_tls_all_clientcerts" ->
          (client, login, tls) ->
              tls.flatMap(TlsSession::certificate).filter(it -> it.trusted()).isPresent();
      case "permit_tls_clientcerts" ->
          (client, login, tls) ->
              tls.flatMap(TlsSession::certificate)
                  .filter(it -> answer(() -> ClientChecks.isListed(it, relayCertificates.get())))
                  .isPresent();
      default ->
          throw new IllegalArgumentException(
              "%s: %s is not understood, want: permit_inet_interfaces, permit_mynetworks, permit_sasl_authenticated, permit_tls_clientcerts, permit_tls_all_clientcerts, or a type:table"
                  .formatted(PARAMETER, word));
    };
  }

  private static boolean answer(BooleanSupplier question) {
    try {
      return question.getAsBoolean();
    } catch (LookupFailure e) {
      throw new LookupFailure("%s: %s".formatted(PARAMETER, e.getMessage()), e);
    }
  }

  /**
   * Whether a message of this client is of this site.
   *
   * @throws LookupFailure if a table cannot say
   */
  public boolean contain(Client client, Optional<Login> login, Optional<TlsSession> tls) {
    return conditions.stream().anyMatch(it -> it.holds(client, login, tls));
  }
}
