package dev.mailservice.smtpd.protocol;

import dev.mailservice.smtpd.protocol.Step.Abandon;
import dev.mailservice.smtpd.protocol.Step.Answer;
import dev.mailservice.smtpd.protocol.Step.Content;
import dev.mailservice.smtpd.protocol.Step.Envelope;
import dev.mailservice.smtpd.protocol.Step.Recipient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One SMTP session's state and the table that moves it. Lines go in, steps come out; nothing here
 * knows of sockets, threads or time. Not for use by several threads at once.
 */
public final class SmtpProtocol {
  private static final Reply NESTED_MAIL = Reply.of("503 5.5.1 Error: nested MAIL command");
  private static final Reply NEED_MAIL = Reply.of("503 5.5.1 Error: need MAIL command");
  private static final Reply NEED_RCPT = Reply.of("503 5.5.1 Error: need RCPT command");
  private static final Reply NO_RECIPIENTS = Reply.of("554 5.5.1 Error: no valid recipients");

  /** What a command does where it is allowed, and what is said where it is not. */
  private record Rule(
      BiFunction<SmtpProtocol, Command, Step> action, Map<Phase, Reply> refusedIn) {}

  private record Command(Verb verb, String argument, String line) {}

  private static final Map<Verb, Rule> TABLE =
      new EnumMap<>(
          Map.of(
              Verb.HELO, rule(SmtpProtocol::helo),
              Verb.EHLO, rule(SmtpProtocol::ehlo),
              Verb.MAIL,
                  rule(
                      SmtpProtocol::mail,
                      Map.of(Phase.SENDER, NESTED_MAIL, Phase.RECIPIENTS, NESTED_MAIL)),
              Verb.RCPT, rule(SmtpProtocol::rcpt, Map.of(Phase.IDLE, NEED_MAIL)),
              Verb.DATA,
                  rule(
                      SmtpProtocol::data,
                      Map.of(Phase.IDLE, NEED_RCPT, Phase.SENDER, NO_RECIPIENTS)),
              Verb.RSET, rule(SmtpProtocol::rset),
              Verb.VRFY, rule(SmtpProtocol::vrfy),
              Verb.NOOP, rule(SmtpProtocol::noop),
              Verb.QUIT, rule(SmtpProtocol::quit),
              Verb.UNKNOWN, rule(SmtpProtocol::unknown)));

  private ProtocolLimits limits;
  private final Map<Verb, CommandCount> counts = new EnumMap<>(Verb.class);
  private final List<String> recipients = new ArrayList<>();
  private Phase phase = Phase.IDLE;
  private Greeting greeting = Greeting.NONE;
  private String sender = "";
  private String senderLine = "";
  private String place = "CONNECT";
  private Verb current = Verb.UNKNOWN;
  private int errors;
  private int junkCommands;

  /** How often a command was tried, and how often it did what was asked. */
  public record CommandCount(int succeeded, int tried) {}

  /** A session before its first command. */
  public SmtpProtocol(ProtocolLimits limits) {
    this.limits = limits;
  }

  /**
   * From now on these limits hold: a session that was begun in calm feels it when the server
   * becomes stressed or drains, also if it is never idle.
   */
  public void adopt(ProtocolLimits now) {
    limits = now;
  }

  private static Rule rule(BiFunction<SmtpProtocol, Command, Step> action) {
    return rule(action, Map.of());
  }

  private static Rule rule(
      BiFunction<SmtpProtocol, Command, Step> action, Map<Phase, Reply> refusedIn) {
    return new Rule(action, refusedIn);
  }

  /**
   * Takes one command line.
   *
   * @param line without its line end
   */
  public Step command(String line) {
    Command command = parse(line);
    current = command.verb();
    place = current.name();
    Rule rule = TABLE.get(command.verb());
    if (rule == null) {
      throw new IllegalStateException("no rule for " + command.verb());
    }
    Reply refusal = rule.refusedIn().get(phase);
    Step step = refusal != null ? new Answer(refusal) : rule.action().apply(this, command);
    switch (step) {
      case Answer(Reply reply) -> count(reply);
      case Abandon(Reply reply) -> count(reply);
      case Recipient it -> {}
      case Content it -> {}
    }
    return step;
  }

  /** What became of a {@link Step.Recipient}; the reply goes to the client as it is. */
  public void recipientAnswered(String address, Reply reply) {
    if (reply.isPositive()) {
      recipients.add(address);
      phase = Phase.RECIPIENTS;
    }
    count(reply);
  }

  /**
   * What became of a {@link Step.Content}: the reply to the final dot, or to DATA itself where it
   * was refused. The transaction is over; a delivered message forgives earlier errors, as in
   * Postfix.
   */
  public void contentAnswered(Reply reply) {
    endTransaction();
    count(reply);
    place = "END-OF-MESSAGE";
    if (reply.isPositive()) {
      errors = 0;
      junkCommands = 0;
    }
  }

  /** What to say, and hang up, instead of reading another command; empty to go on. */
  public Optional<Reply> limitReached() {
    return errors >= limits.hardErrorLimit()
        ? Optional.of(Reply.of("421 4.7.0 %s Error: too many errors".formatted(limits.hostname())))
        : Optional.empty();
  }

  /** Whether this client has earned {@code smtpd_error_sleep_time} before each reply. */
  public boolean slowsDown() {
    return errors >= limits.softErrorLimit();
  }

  /** How the client introduced itself last. */
  public Greeting greeting() {
    return greeting;
  }

  /** Whether a sender is given and the message not yet taken. */
  public boolean inTransaction() {
    return phase != Phase.IDLE;
  }

  /**
   * The reverse path of the open transaction; empty where there is none or it is the null sender.
   */
  public String sender() {
    return sender;
  }

  /** The MAIL command of the open transaction, for the next hop. */
  public String senderLine() {
    return senderLine;
  }

  /** How far the session has come, as Postfix's log names it: CONNECT, a verb, END-OF-MESSAGE. */
  public String place() {
    return place;
  }

  /** What the client has asked for so far, by verb, in the order of {@link Verb}. */
  public Map<Verb, CommandCount> counts() {
    return counts;
  }

  private Step helo(Command command) {
    return hello(command, false, Reply.of("250 " + limits.hostname()));
  }

  private Step ehlo(Command command) {
    var lines = new ArrayList<String>();
    lines.add(limits.hostname());
    lines.add("PIPELINING");
    lines.add(limits.messageSizeLimit() > 0 ? "SIZE " + limits.messageSizeLimit() : "SIZE");
    lines.add("ENHANCEDSTATUSCODES");
    lines.add("8BITMIME");
    return hello(command, true, new Reply(250, lines));
  }

  private Step hello(Command command, boolean extended, Reply welcome) {
    String name = firstWord(command.argument());
    if (name.isEmpty()) {
      return new Answer(Reply.of("501 Syntax: %s hostname".formatted(command.verb())));
    }
    greeting = new Greeting(name, extended);
    endTransaction();
    return new Abandon(welcome);
  }

  private Step mail(Command command) {
    if (limits.helloRequired() && greeting.name().isEmpty()) {
      return new Answer(Reply.of("503 5.5.1 Error: send HELO/EHLO first"));
    }
    Optional<Path> path = Path.parse("FROM", command.argument());
    if (path.isEmpty()) {
      return new Answer(Reply.of("501 5.5.4 Syntax: MAIL FROM:<address>"));
    }
    if (!path.get().address().isEmpty() && !path.get().namesMailbox()) {
      return new Answer(Reply.of("501 5.1.7 Bad sender address syntax"));
    }
    Optional<Reply> refusal =
        path.get().parameters().stream().flatMap(it -> mailParameter(it).stream()).findFirst();
    if (refusal.isPresent()) {
      return new Answer(refusal.get());
    }
    sender = path.get().address();
    senderLine = command.line();
    phase = Phase.SENDER;
    return new Answer(Reply.of("250 2.1.0 Ok"));
  }

  /** What is wrong with a parameter of MAIL; empty if nothing is. */
  private Optional<Reply> mailParameter(String parameter) {
    String upper = parameter.toUpperCase(Locale.ROOT);
    if (upper.equals("BODY=7BIT") || upper.equals("BODY=8BITMIME")) {
      return Optional.empty();
    }
    if (!upper.startsWith("SIZE=")) {
      return Optional.of(Reply.of("555 5.5.4 Unsupported option: " + parameter));
    }
    String size = upper.substring("SIZE=".length());
    if (!size.matches("[0-9]{1,20}")) {
      return Optional.of(Reply.of("501 5.5.4 Bad message size syntax"));
    }
    boolean tooLarge =
        limits.messageSizeLimit() > 0
            && (size.length() > 18 || Long.parseLong(size) > limits.messageSizeLimit());
    return tooLarge
        ? Optional.of(Reply.of("552 5.3.4 Message size exceeds fixed limit"))
        : Optional.empty();
  }

  private Step rcpt(Command command) {
    Optional<Path> path = Path.parse("TO", command.argument());
    if (path.isEmpty()) {
      return new Answer(Reply.of("501 5.5.4 Syntax: RCPT TO:<address>"));
    }
    if (!path.get().namesMailbox()) {
      return new Answer(Reply.of("501 5.1.3 Bad recipient address syntax"));
    }
    if (!path.get().parameters().isEmpty()) {
      return new Answer(
          Reply.of("555 5.5.4 Unsupported option: " + path.get().parameters().getFirst()));
    }
    if (recipients.size() >= limits.recipientLimit()) {
      return new Answer(Reply.of("452 4.5.3 Error: too many recipients"));
    }
    return new Recipient(path.get().address(), command.line());
  }

  private Step data(Command command) {
    if (!command.argument().isEmpty()) {
      return new Answer(Reply.of("501 5.5.4 Syntax: DATA"));
    }
    return new Content(new Envelope(sender, senderLine, List.copyOf(recipients)));
  }

  private Step rset(Command command) {
    if (!command.argument().isEmpty()) {
      return new Answer(Reply.of("501 5.5.4 Syntax: RSET"));
    }
    countJunk();
    endTransaction();
    return new Abandon(Reply.of("250 2.0.0 Ok"));
  }

  private Step vrfy(Command command) {
    countJunk();
    return new Answer(Reply.of("502 5.5.1 VRFY command is disabled"));
  }

  private Step noop(Command command) {
    countJunk();
    return new Answer(Reply.of("250 2.0.0 Ok"));
  }

  private Step quit(Command command) {
    endTransaction();
    return new Abandon(Reply.of("221 2.0.0 Bye"));
  }

  private Step unknown(Command command) {
    return new Answer(
        command.line().isEmpty()
            ? Reply.of("500 5.5.2 Error: bad syntax")
            : Reply.of("500 5.5.2 Error: command not recognized"));
  }

  private void countJunk() {
    junkCommands++;
    if (junkCommands > limits.junkCommandLimit()) {
      errors++;
    }
  }

  private void count(Reply reply) {
    boolean succeeded = reply.isPositive();
    if (!succeeded) {
      errors++;
    }
    counts.merge(
        current,
        new CommandCount(succeeded ? 1 : 0, 1),
        (a, b) -> new CommandCount(a.succeeded() + b.succeeded(), a.tried() + b.tried()));
  }

  private void endTransaction() {
    phase = Phase.IDLE;
    sender = "";
    senderLine = "";
    recipients.clear();
  }

  private static Command parse(String line) {
    String text = stripBlanks(line);
    String word = firstWord(text);
    return new Command(Verb.of(word), stripBlanks(text.substring(word.length())), text);
  }

  private static String firstWord(String text) {
    int end = 0;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  /** RFC 5321 knows no white space but the blank; Postfix takes a tab, too. */
  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static String stripBlanks(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }
}
