package dev.mailservice.smtpd.protocol;

import dev.mailservice.smtpd.protocol.SessionState.Chunking;
import dev.mailservice.smtpd.protocol.Step.Abandon;
import dev.mailservice.smtpd.protocol.Step.Answer;
import dev.mailservice.smtpd.protocol.Step.HangUp;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One SMTP session's state and the table that moves it, after Postfix's smtpd(8). Lines go in,
 * steps come out; nothing here knows of sockets, threads or time. Not for use by several threads at
 * once.
 *
 * <p>A step that asks something of the driver is answered by the method that its documentation
 * names, before the next command.
 */
public final class SmtpProtocol {
  private static final Reply OK = Reply.of("250 2.0.0 Ok");
  private static final Reply NEED_HELLO = Reply.of("503 5.5.1 Error: send HELO/EHLO first");
  private static final Reply IN_TRANSACTION =
      Reply.of("503 5.5.1 Error: MAIL transaction in progress");
  private static final Reply NEED_RCPT = Reply.of("503 5.5.1 Error: need RCPT command");
  private static final Reply NO_RECIPIENTS = Reply.of("554 5.5.1 Error: no valid recipients");
  private static final Reply UNAUTHORIZED = Reply.of("550 5.7.0 Error: insufficient authorization");
  private static final Reply MUST_DECLARE_SMTPUTF8 =
      Reply.of("553 5.6.7 Must declare SMTPUTF8 to send unicode address");
  private static final Reply BAD_RECIPIENT = Reply.of("501 5.1.3 Bad recipient address syntax");
  private static final Reply BAD_SENDER = Reply.of("501 5.1.7 Bad sender address syntax");
  private static final int SHOWN = 100;

  /** What a command does. */
  private interface Action {
    Step perform(SmtpProtocol protocol, Command command) throws Refused;
  }

  private record Command(Verb verb, List<Token> words, String line) {
    String word(int index) {
      return words.get(index).text();
    }

    boolean hasArguments() {
      return words.size() > 1;
    }

    /** The words behind the verb as one. */
    String argument() {
      return String.join(" ", words.subList(1, words.size()).stream().map(Token::text).toList());
    }
  }

  private static final Map<Verb, Action> TABLE =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Verb.HELO, SmtpProtocol::hello),
              Map.entry(Verb.EHLO, SmtpProtocol::hello),
              Map.entry(Verb.XCLIENT, SmtpProtocol::xclient),
              Map.entry(Verb.XFORWARD, SmtpProtocol::xforward),
              Map.entry(Verb.STARTTLS, SmtpProtocol::startTls),
              Map.entry(Verb.AUTH, SmtpProtocol::auth),
              Map.entry(Verb.MAIL, SmtpProtocol::mail),
              Map.entry(Verb.RCPT, SmtpProtocol::rcpt),
              Map.entry(Verb.DATA, SmtpProtocol::data),
              Map.entry(Verb.BDAT, SmtpProtocol::bdat),
              Map.entry(Verb.RSET, SmtpProtocol::rset),
              Map.entry(Verb.NOOP, (protocol, command) -> new Answer(OK)),
              Map.entry(Verb.VRFY, SmtpProtocol::vrfy),
              Map.entry(Verb.ETRN, SmtpProtocol::etrn),
              Map.entry(Verb.QUIT, (protocol, command) -> new HangUp(Reply.of("221 2.0.0 Bye")))));

  private final SessionState state = new SessionState();
  private final ProtocolLog log;
  private ProtocolSettings settings;
  private Offer offer = Offer.PLAIN;
  private String client = "unknown[unknown]";
  private Optional<Reply> denied = Optional.empty();
  private boolean authenticated;
  private String place = "CONNECT";
  private boolean underWay;
  private Verb current = Verb.UNKNOWN;

  /** How often a command was tried, and how often it did what was asked. */
  public record CommandCount(int succeeded, int tried) {}

  /** A session before its first command. */
  public SmtpProtocol(ProtocolSettings settings, ProtocolLog log) {
    this.settings = settings;
    this.log = log;
  }

  /**
   * From now on these settings hold: a session that was begun in calm feels it when the server
   * becomes stressed or drains, also if it is never idle.
   */
  public void adopt(ProtocolSettings now) {
    settings = now;
  }

  /**
   * From now on this is offered.
   *
   * @param name the client as logs name it
   */
  public void offer(String name, Offer now) {
    client = name;
    offer = now;
  }

  /** The client may do nothing but leave: {@code smtpd_client_restrictions} refused it. */
  public void deny(Reply reply) {
    denied = Optional.of(reply);
    state.errors++;
  }

  /**
   * The client spoke before it was greeted.
   *
   * @param early what it said
   * @return what to say, and hang up; empty to go on
   */
  public Optional<Reply> spokeEarly(String early) {
    return isPipelined(early) ? Optional.of(synchronization()) : Optional.empty();
  }

  /** Takes one command line. */
  public Step command(CommandLine line) {
    if (settings.envelopes().smtpUtf8() && !Characters.isUtf8(line.whole())) {
      return error("500 5.5.2 Error: bad UTF-8 syntax");
    }
    CommandLine filtered = filtered(line);
    List<Token> words = filtered.words();
    if (words.isEmpty()) {
      return error("500 5.5.2 Error: bad syntax");
    }
    String first = words.getFirst().text();
    if (settings.noopCommands().test(first)) {
      state.countJunk(settings.limits().junkCommands());
      return new Answer(OK);
    }
    current = Verb.of(first);
    Command command = new Command(current, words, filtered.text());
    Optional<Step> refusal = unavailable(command, filtered.whole());
    if (refusal.isPresent()) {
      state.count(current, false);
      return refusal.get();
    }
    place = current.name();
    boolean endsGroup = !state.greeting.extended() || current.endsGroup();
    if (endsGroup && isPipelined(line.behind())) {
      state.count(current, false);
      return new HangUp(synchronization());
    }
    return perform(command);
  }

  private CommandLine filtered(CommandLine line) {
    Optional<String> instead = settings.commandFilter().apply(withoutLeadingBlanks(line.text()));
    instead.ifPresent(
        it ->
            log.info(
                "%s: replacing command \"%.100s\" with \"%.100s\""
                    .formatted(client, line.text(), it)));
    return instead
        .map(it -> new CommandLine(it, it, line.bareNewline(), line.behind()))
        .orElse(line);
  }

  private static String withoutLeadingBlanks(String text) {
    int at = 0;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return text.substring(at);
  }

  private Step error(String reply) {
    state.errors++;
    return new Answer(Reply.of(reply));
  }

  /** Why a command is not for this client at this moment, whatever it says. */
  private Optional<Step> unavailable(Command command, String whole) {
    if (current == Verb.UNKNOWN) {
      place = current.name();
      if (isHeader(command.word(0)) || settings.forbiddenCommands().test(command.word(0))) {
        log.warning("non-SMTP command from %s: %s".formatted(client, shown(whole)));
        return Optional.of(
            new HangUp(Reply.of("221 2.7.0 Error: I can break rules, too. Goodbye.")));
      }
    }
    if (denied.isPresent() && current != Verb.QUIT) {
      Reply reply = denied.get();
      return Optional.of(
          new Answer(
              reply.closes() ? reply : Reply.of("503 5.7.0 Error: access denied for " + client)));
    }
    if (current == Verb.UNKNOWN) {
      return Optional.of(new Answer(Reply.of("500 5.5.2 Error: command not recognized")));
    }
    if (settings.tlsRequired() && !offer.tlsActive() && !current.isAllowedBeforeTls()) {
      return Optional.of(new Answer(Reply.of("530 5.7.0 Must issue a STARTTLS command first")));
    }
    return Optional.empty();
  }

  private Step perform(Command command) {
    Action action = TABLE.get(current);
    if (action == null) {
      throw new IllegalStateException("no rule for " + current);
    }
    Step step;
    try {
      step = action.perform(this, command);
    } catch (Refused e) {
      step = new Answer(e.reply());
    }
    switch (step) {
      case Answer(Reply reply) -> count(reply.isPositive());
      case HangUp(Reply reply) -> count(reply.isPositive());
      case Abandon(Reply reply) -> count(reply.isPositive());
      case Step.SkipChunk it -> count(false);
      case Step.Overshoot(Reply reply, boolean forgiven) -> count(forgiven);
      // The session begins anew behind it, and Postfix never comes to count it.
      case Step.Xclient(ClientAttributes it) -> {
        if (it.refusal().isPresent()) {
          count(false);
        } else {
          state.countTried(current);
        }
      }
      case Step.Xforward(ClientAttributes it) -> count(it.refusal().isEmpty());
      default -> {
        // Counted when it is answered.
        underWay = true;
      }
    }
    return step;
  }

  /** The session has ended; a command that got no answer was tried all the same. */
  public void ended() {
    if (underWay) {
      count(false);
    }
  }

  private void count(boolean succeeded) {
    underWay = false;
    state.count(current, succeeded);
    if (current.isJunk()) {
      state.countJunk(settings.limits().junkCommands());
    }
  }

  private boolean isPipelined(Supplier<String> behind) {
    if (state.pipelined) {
      return false;
    }
    return isPipelined(behind.get());
  }

  private boolean isPipelined(String behind) {
    if (behind.isEmpty()) {
      return false;
    }
    state.pipelined = true;
    log.info(
        "improper command pipelining after %s from %s: %s".formatted(place, client, shown(behind)));
    return settings.pipeliningForbidden();
  }

  private static Reply synchronization() {
    return Reply.of("554 5.5.0 Error: SMTP protocol synchronization");
  }

  /** The start of what a client said, with escapes for what cannot be shown. */
  private static String shown(String text) {
    return Characters.escaped(text.substring(0, Math.min(text.length(), SHOWN)));
  }

  /** Whether a word looks like the name of a mail header, RFC 5322 section 2.2. */
  private static boolean isHeader(String word) {
    int colon = word.indexOf(':');
    return colon > 0 && word.substring(0, colon).chars().allMatch(c -> c > ' ' && c < 127);
  }

  /**
   * The driver has decided about a {@link Step.Greet}.
   *
   * @param refusal what the client is told; empty if it may go on
   * @return the reply
   */
  public Reply greetingAnswered(Step.Greet greet, Optional<Reply> refusal) {
    count(refusal.isEmpty());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    // What has been ESMTP stays ESMTP, or pipelining that was offered would become a fault.
    state.greeting = new Greeting(greet.name(), greet.extended() || state.greeting.extended());
    state.endTransaction();
    if (!greet.extended()) {
      return Reply.of("250 " + settings.hostname());
    }
    logDiscarded();
    var lines = new ArrayList<String>();
    lines.add(settings.hostname());
    lines.addAll(offer.keywords(settings));
    return new Reply(250, lines);
  }

  private void logDiscarded() {
    var discarded = offer.discarded();
    if (!discarded.isEmpty()
        && !discarded.contains(EhloKeyword.SILENT)
        && !discarded.contains(EhloKeyword.ENHANCED_STATUS_CODES)) {
      log.info("discarding EHLO keywords: " + EhloKeyword.logNames(discarded));
    }
  }

  /**
   * The driver has decided about a {@link Step.Sender}.
   *
   * @param refusal what the client is told; empty if it may go on
   * @param opening asked last, if nothing else speaks against it: why the delivery does not take it
   * @return the reply
   */
  public Reply senderAnswered(
      Step.Sender sender, Optional<Reply> refusal, Supplier<Optional<Reply>> opening) {
    Optional<Reply> why =
        refusal
            .or(
                () ->
                    mustDeclareSmtpUtf8(sender.address(), sender.smtpUtf8())
                        ? Optional.of(MUST_DECLARE_SMTPUTF8)
                        : Optional.empty())
            .or(opening);
    count(why.isEmpty());
    if (why.isEmpty()) {
      state.beginTransaction(sender.address(), sender.line(), sender.smtpUtf8());
    }
    return why.orElse(Reply.of("250 2.1.0 Ok"));
  }

  /** What became of a {@link Step.Recipient}; the reply goes to the client as it is. */
  public void recipientAnswered(String address, Reply reply) {
    if (reply.isPositive()) {
      state.recipients.add(address);
    }
    count(reply.isPositive());
  }

  /**
   * What became of a {@link Step.Content} whose message was not asked for: DATA is refused, and the
   * transaction goes on.
   */
  public void contentRefused() {
    count(false);
  }

  /**
   * What became of a {@link Step.Content}: the reply to the final dot. The transaction is over; a
   * delivered message forgives earlier errors, as in Postfix.
   */
  public void contentAnswered(Reply reply) {
    place = "END-OF-MESSAGE";
    endMessage(reply.isPositive());
  }

  /**
   * What became of a {@link Step.Content} that restrictions refused when all of it had come: the
   * envelope stays until the client resets it.
   */
  public void contentRefusedAsAWhole() {
    place = "END-OF-MESSAGE";
    count(false);
  }

  private void endMessage(boolean delivered) {
    state.endTransaction();
    if (delivered) {
      state.forgive();
    }
    count(delivered);
  }

  /** What a {@link Step.Chunk} came to. */
  public enum ChunkOutcome {
    /** It was taken, and more may come. */
    TAKEN,
    /** It was refused and read without use; the delivery goes on to exist until the last chunk. */
    SKIPPED,
    /** The message is over, delivered or not. */
    MESSAGE_OVER,
    /** Restrictions refused the whole message; the envelope stays. */
    REFUSED_AS_A_WHOLE
  }

  /**
   * What became of a {@link Step.Chunk}.
   *
   * @param reply what the client is told
   */
  public void chunkAnswered(Step.Chunk chunk, ChunkOutcome outcome, Reply reply) {
    switch (outcome) {
      case TAKEN -> {
        state.chunking = Chunking.TAKING;
        count(true);
      }
      case SKIPPED -> {
        skipped(chunk.last());
        count(false);
      }
      case REFUSED_AS_A_WHOLE -> {
        contentRefusedAsAWhole();
        state.chunking = Chunking.NONE;
      }
      case MESSAGE_OVER -> {
        if (chunk.last()) {
          place = "END-OF-MESSAGE";
        }
        endMessage(reply.isPositive());
        state.chunking = chunk.last() ? Chunking.NONE : Chunking.SKIPPING;
      }
    }
  }

  private void skipped(boolean last) {
    if (last) {
      state.endTransaction();
    } else {
      state.chunking = Chunking.SKIPPING;
    }
  }

  /**
   * The driver has decided about a {@link Step.StartTls}.
   *
   * @param began whether TLS is active now: the session is as it was before HELO then, RFC 3207
   */
  public void startTlsAnswered(boolean began) {
    count(began);
    if (began) {
      state.greeting = new Greeting("", state.greeting.extended());
      state.endTransaction();
    }
  }

  /** What became of a command that changes nothing here. */
  public void answered(Reply reply) {
    count(reply.isPositive());
  }

  /** The client has logged in. */
  public void authenticated(boolean now) {
    authenticated = now;
  }

  /**
   * XCLIENT has put another client in this one's place.
   *
   * @param greeting what it said of HELO and PROTO
   */
  public void replaced(Greeting greeting) {
    state.greeting = greeting;
    state.endTransaction();
    denied = Optional.empty();
  }

  /** What to say, and hang up, instead of reading another command; empty to go on. */
  public Optional<Reply> limitReached() {
    return state.errors >= settings.limits().hardErrors()
        ? Optional.of(
            Reply.of("421 4.7.0 %s Error: too many errors".formatted(settings.hostname())))
        : Optional.empty();
  }

  /** Whether this client has earned {@code smtpd_error_sleep_time} before each reply. */
  public boolean slowsDown() {
    return state.errors >= settings.limits().softErrors();
  }

  /** How the client introduced itself last. */
  public Greeting greeting() {
    return state.greeting;
  }

  /** Whether the client has sent what it should not have sent yet. */
  public boolean isPipelined() {
    return state.pipelined;
  }

  /** The envelope so far; empty where no transaction is open. */
  public Optional<Step.Envelope> envelope() {
    return state.inTransaction ? Optional.of(state.envelope()) : Optional.empty();
  }

  /** How far the session has come, as Postfix's log names it: CONNECT, a verb, END-OF-MESSAGE. */
  public String place() {
    return place;
  }

  /** What the client has asked for so far, by verb, in the order of {@link Verb}. */
  public Map<Verb, CommandCount> counts() {
    return state.counts;
  }

  private Step hello(Command command) throws Refused {
    if (!command.hasArguments()) {
      throw new Refused("501 Syntax: %s hostname".formatted(current));
    }
    return new Step.Greet(Characters.neutered(command.argument()), current == Verb.EHLO);
  }

  private Step mail(Command command) throws Refused {
    ProtocolSettings.Envelopes form = settings.envelopes();
    require(!settings.helloRequired() || !state.greeting.name().isEmpty(), NEED_HELLO);
    require(!state.inTransaction, Reply.of("503 5.5.1 Error: nested MAIL command"));
    require(!state.isChunking(), Reply.of("503 5.5.1 Error: MAIL after BDAT"));
    require(isPath(command, "from:"), Reply.of("501 5.5.4 Syntax: MAIL FROM:<address>"));
    require(command.words().get(2).complete(), BAD_SENDER);
    List<Token> parameters = command.words().subList(3, command.words().size());
    boolean offered = form.smtpUtf8() && !offer.discarded().contains(EhloKeyword.SMTPUTF8);
    boolean unicode = offered && MailParameters.declareSmtpUtf8(parameters);
    String address = address(command.word(2), form(true, form.strict(), unicode), BAD_SENDER);
    MailParameters read = MailParameters.parse(parameters, offer, settings);
    return new Step.Sender(address, read.size(), unicode, read.verp(), command.line());
  }

  private Step rcpt(Command command) throws Refused {
    require(state.inTransaction, Reply.of("503 5.5.1 Error: need MAIL command"));
    require(!state.isChunking(), Reply.of("503 5.5.1 Error: RCPT after BDAT"));
    require(isPath(command, "to:"), Reply.of("501 5.5.4 Syntax: RCPT TO:<address>"));
    require(command.words().get(2).complete(), BAD_RECIPIENT);
    EnvelopeAddress.Form form = form(false, settings.envelopes().strict(), state.smtpUtf8);
    String address = address(command.word(2), form, BAD_RECIPIENT);
    RcptParameters.check(
        command.words().subList(3, command.words().size()), offer.discarded(), log);
    int limit = settings.limits().recipients();
    if (limit > 0 && state.recipients.size() >= limit) {
      return tooManyRecipients();
    }
    require(!mustDeclareSmtpUtf8(address, state.smtpUtf8), MUST_DECLARE_SMTPUTF8);
    return new Step.Recipient(address, command.line());
  }

  /** Some more than allowed are no error: the client cannot know the limit, RFC 5321 4.5.3.1.10. */
  private Step tooManyRecipients() {
    boolean forgiven = state.recipientOvershoot < settings.limits().recipientOvershoot();
    state.recipientOvershoot++;
    return new Step.Overshoot(Reply.of("452 4.5.3 Error: too many recipients"), forgiven);
  }

  private static boolean isPath(Command command, String keyword) {
    return command.words().size() > 2 && command.word(1).equalsIgnoreCase(keyword);
  }

  private EnvelopeAddress.Form form(boolean emptyAllowed, boolean strict, boolean unicode) {
    return new EnvelopeAddress.Form(
        strict, emptyAllowed, it -> settings.envelopes().addresses().isAddress(it, unicode));
  }

  private String address(String word, EnvelopeAddress.Form form, Reply otherwise) throws Refused {
    Optional<String> address = EnvelopeAddress.parse(word, form);
    if (address.isEmpty()) {
      log.warning(
          "Illegal address syntax from %s in %s command: %s"
              .formatted(client, current, Characters.printable(word)));
      throw new Refused(otherwise);
    }
    return address.get();
  }

  private boolean mustDeclareSmtpUtf8(String address, boolean declared) {
    return settings.envelopes().strictSmtpUtf8() && !declared && !Characters.isAscii(address);
  }

  private Step data(Command command) throws Refused {
    require(!state.isChunking(), Reply.of("503 5.5.1 Error: DATA after BDAT"));
    require(!state.recipients.isEmpty(), state.inTransaction ? NO_RECIPIENTS : NEED_RCPT);
    require(!command.hasArguments(), Reply.of("501 5.5.4 Syntax: DATA"));
    return new Step.Content(state.envelope());
  }

  private Step bdat(Command command) {
    if (offer.discarded().contains(EhloKeyword.CHUNKING)) {
      return new Answer(Reply.of("521 5.5.1 Error: command not implemented"));
    }
    int count = command.words().size();
    boolean last = count == 3;
    Optional<Long> size = count == 2 || count == 3 ? chunkSize(command.word(1)) : Optional.empty();
    if (size.isEmpty() || (last && !command.word(2).equalsIgnoreCase("LAST"))) {
      log.warning(
          "NOQUEUE: malformed BDAT command syntax from %s: %s"
              .formatted(client, shown(Characters.printable(command.line()))));
      return new Answer(Reply.of("521 5.5.4 Syntax: BDAT count [LAST]"));
    }
    return chunk(size.get(), last);
  }

  private Step chunk(long size, boolean last) {
    if (size == 0 && !last) {
      log.warning("NOQUEUE: null BDAT request from " + client);
      return skip(size, last, "551 5.7.1 Null BDAT request");
    }
    if (state.chunking == Chunking.SKIPPING) {
      return skip(size, last, "551 5.0.0 Discarded %d bytes after earlier error".formatted(size));
    }
    if (state.recipients.isEmpty()) {
      return skip(size, last, (state.inTransaction ? NO_RECIPIENTS : NEED_RCPT).toString());
    }
    return new Step.Chunk(state.envelope(), size, !state.isChunking(), last);
  }

  private Step skip(long size, boolean last, String reply) {
    skipped(last);
    return new Step.SkipChunk(size, Reply.of(reply), last);
  }

  private static Optional<Long> chunkSize(String digits) {
    try {
      return Characters.isDigits(digits) ? Optional.of(Long.valueOf(digits)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Step rset(Command command) throws Refused {
    require(!command.hasArguments(), Reply.of("501 5.5.4 Syntax: RSET"));
    state.endTransaction();
    return new Abandon(OK);
  }

  private Step vrfy(Command command) throws Refused {
    boolean offered =
        settings.envelopes().smtpUtf8() && !offer.discarded().contains(EhloKeyword.SMTPUTF8);
    require(!settings.vrfyDisabled(), Reply.of("502 5.5.1 VRFY command is disabled"));
    List<Token> words = command.words();
    boolean unicode =
        offered && words.size() > 1 && words.getLast().text().equalsIgnoreCase("SMTPUTF8");
    int end = unicode ? words.size() - 1 : words.size();
    require(
        end > 1,
        Reply.of(
            "501 5.5.4 Syntax: VRFY address"
                + (settings.envelopes().smtpUtf8() ? " [SMTPUTF8]" : "")));
    String argument = new Command(current, words.subList(0, end), "").argument();
    String address = address(argument, form(false, false, unicode), BAD_RECIPIENT);
    require(!mustDeclareSmtpUtf8(address, unicode), MUST_DECLARE_SMTPUTF8);
    return new Step.Verify(address, argument, unicode);
  }

  private Step etrn(Command command) throws Refused {
    require(
        !settings.helloRequired() || !state.greeting.name().isEmpty(),
        Reply.of("503 Error: send HELO/EHLO first"));
    require(!state.inTransaction, Reply.of("503 Error: MAIL transaction in progress"));
    require(command.words().size() == 2, Reply.of("500 Syntax: ETRN domain"));
    String domain = command.word(1).replaceFirst("^[@#]", "");
    require(
        DomainName.isValid(domain) || DomainName.isLiteral(domain),
        Reply.of("501 Error: invalid parameter syntax"));
    return new Step.Etrn(domain);
  }

  private Step startTls(Command command) throws Refused {
    require(!command.hasArguments(), Reply.of("501 5.5.4 Syntax: STARTTLS"));
    require(!offer.tlsActive(), Reply.of("554 5.5.1 Error: TLS already active"));
    require(
        offer.startTls() && !offer.discarded().contains(EhloKeyword.STARTTLS),
        Reply.of("502 5.5.1 Error: command not implemented"));
    return new Step.StartTls();
  }

  private Step auth(Command command) throws Refused {
    require(!settings.helloRequired() || !state.greeting.name().isEmpty(), NEED_HELLO);
    require(
        offer.authenticates() && !offer.discarded().contains(EhloKeyword.AUTH),
        Reply.of("503 5.5.1 Error: authentication not enabled"));
    require(!state.inTransaction, IN_TRANSACTION);
    require(!authenticated, Reply.of("503 5.5.1 Error: already authenticated"));
    require(
        command.words().size() == 2 || command.words().size() == 3,
        Reply.of("501 5.5.4 Syntax: AUTH mechanism"));
    return new Step.Auth(
        command.word(1),
        command.words().size() == 3 ? Optional.of(command.word(2)) : Optional.empty());
  }

  private Step xclient(Command command) throws Refused {
    return new Step.Xclient(ClientAttributes.ofXclient(attributes(command, offer.xclient())));
  }

  private Step xforward(Command command) throws Refused {
    return new Step.Xforward(ClientAttributes.ofXforward(attributes(command, offer.xforward())));
  }

  private List<Token> attributes(Command command, boolean authorized) throws Refused {
    require(!state.inTransaction, IN_TRANSACTION);
    require(
        command.hasArguments(),
        Reply.of("501 5.5.4 Syntax: %s attribute=value...".formatted(current)));
    require(authorized, UNAUTHORIZED);
    return command.words().subList(1, command.words().size());
  }

  private static void require(boolean holds, Reply otherwise) throws Refused {
    if (!holds) {
      throw new Refused(otherwise);
    }
  }
}
