package dev.mailservice.smtpd.reference;

import dev.mailservice.maincf.reference.PostfixReference;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Debian's Postfix as it runs in the wild, master and daemons: one smtpd service on a port of
 * loopback for each set of options.
 */
final class RunningPostfix implements Server, AutoCloseable {
  private static final String PROCESS_LIMIT = "default_process_limit=";

  private static final Pattern RESOLVERS =
      Pattern.compile(
          "(my|relay_domains|virtual_|resolve_|allow_percent_hack|swap_bangpath|append_"
              + "|transport|inet_|proxy_interfaces|recipient_delimiter|empty_address|allow_min_user|smtputf8_enable|show_user_unknown)");

  private final Map<List<String>, InetSocketAddress> services;
  private final PostfixMaster master;
  private final FollowedLog followed;

  private RunningPostfix(Map<List<String>, InetSocketAddress> services, PostfixMaster master) {
    this.services = services;
    this.master = master;
    this.followed = new FollowedLog(master.logFile());
  }

  /**
   * Starts it and waits until its services listen.
   *
   * @param mainCf what both servers have
   * @param etc where it finds out how names are found, as {@link PostfixMaster} wants it
   * @param optionSets the options of each smtpd that will be wanted
   */
  static RunningPostfix start(
      PostfixReference postfix, String mainCf, Path etc, Collection<List<String>> optionSets)
      throws IOException {
    var services = new LinkedHashMap<List<String>, InetSocketAddress>();
    var different = new LinkedHashSet<>(optionSets);
    List<InetSocketAddress> ports = PostfixMaster.freePorts(different.size() + 1);
    different.forEach(it -> services.put(it, ports.get(services.size())));
    // The last is asked whether all are there; it is nobody's, so that nobody's log shows it.
    services.put(List.of("syslog_name=last"), ports.getLast());
    return new RunningPostfix(
        services,
        PostfixMaster.start(
            postfix, mainCf, masterCf(services), ports.getLast(), Optional.of(etc)));
  }

  @Override
  public Transcript play(Dialogue dialogue) {
    InetSocketAddress service = services.get(dialogue.options());
    if (service == null) {
      throw new IllegalArgumentException("no service was asked for with " + dialogue.options());
    }
    Transcript heard = Conversation.play(dialogue, service);
    return heard.withLog(SessionLogLines.await(() -> followed.of(dialogue.logTag()), dialogue));
  }

  /** What it has logged so far. */
  List<String> log() {
    return master.log();
  }

  private static String masterCf(Map<List<String>, InetSocketAddress> services) {
    var masterCf =
        new StringBuilder(PostfixMaster.ASKED_BY_SMTPD)
            .append("flush unix n - n - 0 flush\ntlsmgr unix - - n - 1 tlsmgr\n");
    services.forEach(
        (options, address) -> {
          masterCf.append(PostfixMaster.smtpd(address, processLimit(options), options));
          if (options.stream().anyMatch(RunningPostfix::isTheResolversToo)) {
            String resolver = "rewrite" + address.getPort();
            masterCf.append(PostfixMaster.options(List.of("rewrite_service_name = " + resolver)));
            masterCf.append("%s unix - - n - - trivial-rewrite\n".formatted(resolver));
            masterCf.append(PostfixMaster.options(options));
          }
        });
    return masterCf.toString();
  }

  /** For master(8) it is a column, not an option. */
  private static String processLimit(List<String> options) {
    return options.stream()
        .filter(it -> it.startsWith(PROCESS_LIMIT))
        .map(it -> it.substring(PROCESS_LIMIT.length()))
        .findFirst()
        .orElse("-");
  }

  /** What an address means is for trivial-rewrite(8) to say, which has options of its own. */
  private static boolean isTheResolversToo(String option) {
    return RESOLVERS.matcher(option).lookingAt();
  }

  @Override
  public void close() {
    master.close();
  }
}
