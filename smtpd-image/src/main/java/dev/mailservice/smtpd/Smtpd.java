package dev.mailservice.smtpd;

import dev.mailservice.maincf.Configuration;
import dev.mailservice.maincf.Diagnostic;
import dev.mailservice.maincf.Diagnostic.Severity;
import dev.mailservice.maincf.parameters.MiscellaneousParameters;
import dev.mailservice.maincf.parameters.ProcessParameters;
import dev.mailservice.maincf.parameters.RateParameters;
import dev.mailservice.smtpd.admin.AdminServer;
import dev.mailservice.smtpd.admin.SmtpdMetrics;
import dev.mailservice.smtpd.anvil.Anvil;
import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.dns.DnsJavaResolver;
import dev.mailservice.smtpd.dns.ResolvConf;
import dev.mailservice.smtpd.drain.Drain;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.memory.Memory;
import dev.mailservice.smtpd.memory.MemoryBudget;
import dev.mailservice.smtpd.memory.MemoryWatch;
import dev.mailservice.smtpd.nexthop.ReplyTimes;
import dev.mailservice.smtpd.peername.HostsFile;
import dev.mailservice.smtpd.policy.PolicyServers;
import dev.mailservice.smtpd.sasl.AuthenticationServices;
import dev.mailservice.smtpd.session.ClientCare;
import dev.mailservice.smtpd.session.MailLog;
import dev.mailservice.smtpd.session.Sessions;
import dev.mailservice.smtpd.session.SmtpdSettings;
import dev.mailservice.smtpd.slots.Backlog;
import dev.mailservice.smtpd.slots.BacklogOverflow;
import dev.mailservice.smtpd.slots.Descriptors;
import dev.mailservice.smtpd.slots.DrainCount;
import dev.mailservice.smtpd.slots.Listener;
import dev.mailservice.smtpd.slots.Personality;
import dev.mailservice.smtpd.slots.Personality.Leader;
import dev.mailservice.smtpd.slots.Slots;
import dev.mailservice.smtpd.table.TableDirectory;
import dev.mailservice.smtpd.table.TableFiles;
import dev.mailservice.smtpd.table.TableServers;
import dev.mailservice.smtpd.waiting.SessionTimes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The server: wires its parts, serves until told to end, drains. */
public final class Smtpd implements AutoCloseable {
  private static final Duration OVERFLOW_LOOK_EVERY = Duration.ofSeconds(1);

  /** How long those who wait may take to be accepted when the server ends. */
  private static final Duration LAST_ACCEPTS = Duration.ofSeconds(1);

  private final MailLog log;
  private final LongSupplier nanos;
  private final Personality<SmtpdSettings> personality;
  private final Listener listener;
  private final Slots slots;
  private final Backlog backlog;
  private final MemoryWatch memory;
  private final Sessions sessions;
  private final Delivery delivery;
  private final ClientCare clients;
  private final BacklogOverflow overflow;
  private final Episodes acceptFailures;
  private final Thread overflowWatch =
      Thread.ofVirtual().name("backlog overflow").unstarted(this::watchOverflow);
  private final AdminServer admin;
  private volatile boolean accepting;

  /** Why the server cannot start, one line for the administrator for each reason. */
  public static final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String... reasons) {
      super(String.join("\n", reasons));
    }

    /** The lines. */
    List<String> reasons() {
      return String.valueOf(getMessage()).lines().toList();
    }
  }

  /**
   * Binds both ports; nobody is served before {@link #start}.
   *
   * @param main the whole configuration; that it sets {@code stress}, to whatever value, means that
   *     somebody else leads
   * @param listen where clients come
   * @param adminAddress where scrapers and probes come
   * @throws StartException if a value is not understood or a port cannot be bound
   */
  public Smtpd(
      Configuration main, InetSocketAddress listen, InetSocketAddress adminAddress, MailLog log)
      throws StartException {
    this(main, listen, adminAddress, log, Path.of("/etc"));
  }

  /**
   * The same on a machine whose names are found otherwise.
   *
   * @param etc the folder with {@code hosts} and {@code resolv.conf}
   * @throws StartException if a value is not understood or a port cannot be bound
   */
  public Smtpd(
      Configuration main,
      InetSocketAddress listen,
      InetSocketAddress adminAddress,
      MailLog log,
      Path etc)
      throws StartException {
    this(main, listen, adminAddress, log, etc, Memory.unwatched(), System::nanoTime);
  }

  /**
   * The same where time passes otherwise, in a process whose memory is for this server.
   *
   * @param memory is looked after
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   * @throws StartException if a value is not understood or a port cannot be bound
   */
  Smtpd(
      Configuration main,
      InetSocketAddress listen,
      InetSocketAddress adminAddress,
      MailLog log,
      Path etc,
      Memory memory,
      LongSupplier nanos)
      throws StartException {
    this.log = log;
    this.nanos = nanos;
    this.acceptFailures = new Episodes(nanos);
    var descriptors = new Descriptors();
    var times = new SessionTimes(nanos);
    var replyTimes = new ReplyTimes();
    DescriptorRoom room;
    int limit;
    TableDirectory tables;
    var policies = new PolicyServers(log::warning, nanos);
    var logins = new AuthenticationServices(nanos);
    try {
      tables = tables(main);
      room = DescriptorRoom.of(main, descriptors);
      room.warnings().forEach(log::warning);
      limit = room.slots();
      this.personality =
          new Personality<>(
              SmtpdSettings.from(
                  main.override("stress="), tables, policies, logins, log.clock()::instant),
              SmtpdSettings.from(
                  main.override("stress=yes"), tables, policies, logins, log.clock()::instant),
              leader(main),
              nanos);
      this.delivery =
          new Deliveries(
                  personality::isStressed,
                  domain -> personality.current().isLocalDomain(domain),
                  log::info,
                  log::warning,
                  new NextHopShortage(personality, log, nanos, main),
                  replyTimes,
                  log.clock(),
                  nanos)
              .from(main);
    } catch (RuntimeException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
    sayWhatIsWrong(tables.diagnostics());
    int queue = main.get(ProcessParameters.SMTPD_LISTEN_BACKLOG);
    warnOfShorterQueue(queue);
    this.overflow = new BacklogOverflow();
    this.listener = bind(listen, "--listen", address -> new Listener(address, queue));
    var warning = new SaturationWarning(log, nanos, listener.address().getPort(), limit);
    this.slots =
        new Slots(
            limit,
            new Slots.Watcher() {
              @Override
              public void saturated() {
                personality.saturated();
                warning.saturated();
              }

              @Override
              public void relieved() {
                personality.relieved();
              }
            },
            nanos);
    this.backlog = new Backlog(listener.address().getPort());
    this.memory = new MemoryWatch(memory, new MemoryReport(personality, log), nanos);
    var metrics =
        new SmtpdMetrics(
            new SmtpdMetrics.Parts(
                slots,
                backlog,
                overflow,
                descriptors,
                personality,
                delivery,
                this.memory,
                times,
                replyTimes,
                acceptFailures::count,
                log::dropped));
    this.clients = clients(main, room, etc);
    this.sessions =
        new Sessions(personality, delivery, clients, this.memory, log, metrics, times, nanos);
    this.admin =
        bind(
            adminAddress,
            "--admin",
            address -> new AdminServer(address, metrics, this::isReady, this::isAlive));
  }

  private boolean isReady() {
    return accepting && isAlive();
  }

  /** Neither of the two may end before the server does: nobody would notice otherwise. */
  private boolean isAlive() {
    return !accepting || (listener.isAccepting() && sessions.isLooking());
  }

  private ClientCare clients(Configuration main, DescriptorRoom room, Path etc) {
    return new ClientCare(
        new DnsJavaResolver(new ResolvConf(etc.resolve("resolv.conf"), nanos), nanos),
        new HostsFile(etc.resolve("hosts"), nanos),
        new Anvil(main.get(RateParameters.ANVIL_RATE_TIME_UNIT), nanos),
        room.slots(),
        room.lingering());
  }

  private void warnOfShorterQueue(int queue) {
    OptionalInt longest = Backlog.longest();
    if (longest.isPresent() && longest.getAsInt() < queue) {
      log.warning(
          ("%s = %d: net.core.somaxconn = %d of this network bounds it, want: a higher somaxconn,"
                  + " or as many clients that wait at most")
              .formatted(ProcessParameters.SMTPD_LISTEN_BACKLOG.name(), queue, longest.getAsInt()));
    }
  }

  private TableDirectory tables(Configuration main) {
    return new TableDirectory(
        new TableFiles(Path.of(main.get(MiscellaneousParameters.QUEUE_DIRECTORY))),
        new TableServers(nanos),
        log::warning,
        nanos);
  }

  /** A table that is not as the administrator wrote it would let through what it should stop. */
  private void sayWhatIsWrong(List<Diagnostic> found) throws StartException {
    Map<Severity, List<String>> lines =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    Diagnostic::severity,
                    Collectors.mapping(Diagnostic::toString, Collectors.toList())));
    lines.getOrDefault(Severity.WARNING, List.of()).forEach(log::warning);
    List<String> errors = lines.getOrDefault(Severity.ERROR, List.of());
    if (!errors.isEmpty()) {
      throw new StartException(errors.toArray(String[]::new));
    }
  }

  private static Leader leader(Configuration main) {
    if (!main.isSet(ProcessParameters.STRESS.name())) {
      return Leader.SELF;
    }
    return main.get(ProcessParameters.STRESS).isEmpty() ? Leader.CALM : Leader.STRESSED;
  }

  private interface Binding<T> {
    T bind(InetSocketAddress address) throws IOException;
  }

  private static <T> T bind(InetSocketAddress address, String option, Binding<T> binding)
      throws StartException {
    try {
      return binding.bind(address);
    } catch (IOException e) {
      throw new StartException(
          "%s: cannot listen on [%s]:%d: %s"
              .formatted(
                  option,
                  address.getAddress().getHostAddress(),
                  address.getPort(),
                  e.getMessage()));
    }
  }

  /** Starts to serve. */
  public void start() {
    listener.start(slots, sessions::serve, this::cannotAccept);
    accepting = true;
    admin.start();
    memory.start();
    overflowWatch.start();
    int limit = slots.usage().limit();
    memory.memory().budget().ifPresent(it -> sayWhatMemoryCarries(it, limit));
    log.info(
        LogText.of(
                LogEvent.STARTED,
                "started: %s, %d slots%s"
                    .formatted(
                        listener.address(), limit, personality.isStressed() ? ", stress" : ""))
            .with(LogField.LIMIT, limit));
  }

  private void sayWhatMemoryCarries(MemoryBudget budget, int limit) {
    boolean tls = personality.current().tls().isAvailable();
    log.info(LogText.of(LogEvent.MEMORY, budget.summary(tls)));
    budget.warning(limit).ifPresent(log::warning);
  }

  private void cannotAccept(Throwable failure) {
    if (acceptFailures.happened()) {
      // An exception of the system's has words of its own; of a fault the name tells most.
      log.warning(
          "accept connection: "
              + (failure instanceof IOException ? failure.getMessage() : failure.toString())
              + ": clients wait until there is room");
    }
  }

  /** Returns when the server is closed. */
  private void watchOverflow() {
    var episodes = new Episodes(nanos);
    long before = 0;
    try {
      while (true) {
        Thread.sleep(OVERFLOW_LOOK_EVERY);
        long now = overflow.count();
        if (now > before && episodes.happened()) {
          log.warning(
              LogText.of(
                  LogEvent.OVERFLOWED,
                  "the queue of clients that wait is full (smtpd_listen_backlog): %d were turned"
                          .formatted(now - before)
                      + " away within a second, and try again a second later"));
        }
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where clients come, with the port that the system chose where 0 was asked for. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** Where scrapers and probes come. */
  public InetSocketAddress adminAddress() {
    return admin.address();
  }

  /** How the slots are used now. */
  public Slots.Usage usage() {
    return slots.usage();
  }

  /**
   * Serves a client that has not come through the listener, on the calling thread.
   *
   * @throws InterruptedException if the thread is interrupted while no slot is free
   */
  void serve(Socket client) throws InterruptedException {
    Slots.Slot slot = slots.reserve();
    slot.take();
    sessions.serve(client, slot);
  }

  /** How many sessions of the next hop are in use. */
  int deliveries() {
    return delivery.active();
  }

  /** How many client networks are counted as having a session. */
  int clientNetworks() {
    return clients.anvil().active();
  }

  /**
   * Serves on until everybody has been heard, at most this long; then closes. The last line of the
   * log says what became of whom.
   *
   * @throws InterruptedException if the thread is interrupted before the end
   */
  public void drain(Duration timeout) throws InterruptedException {
    try (this) {
      new Drain(timeout, slots, backlog, sessions, this::stopAccepting, personality, log, nanos)
          .run();
    }
    DrainCount count = slots.endDrain();
    log.info(
        LogText.of(
            LogEvent.DRAINED,
            "drained: %d sessions and %d accepted since: %d finished, %d told 421, %d cut"
                .formatted(
                    count.found(),
                    count.accepted(),
                    count.finished(),
                    count.dismissed(),
                    count.cut())));
  }

  private void stopAccepting() throws InterruptedException {
    accepting = false;
    try {
      listener.closeWhenEmpty(LAST_ACCEPTS);
    } catch (IOException e) {
      log.warning("close listener: " + e.getMessage());
    }
  }

  /** Stops accepting and answering at once. */
  @Override
  public void close() {
    accepting = false;
    try {
      listener.close();
    } catch (IOException e) {
      log.warning("close listener: " + e.getMessage());
    }
    overflowWatch.interrupt();
    sessions.close();
    memory.close();
    delivery.close();
    admin.close();
  }
}
