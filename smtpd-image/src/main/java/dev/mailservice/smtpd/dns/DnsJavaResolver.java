package dev.mailservice.smtpd.dns;

import dev.mailservice.maincf.table.HostAddress;
import dev.mailservice.smtpd.dns.Answer.Found;
import dev.mailservice.smtpd.dns.Answer.Missing;
import dev.mailservice.smtpd.dns.Answer.Unknown;
import dev.mailservice.smtpd.protocol.DomainName;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.net.IDN;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks name servers with dnsjava: follows aliases, goes on over TCP where an answer is cut, and
 * keeps answers. Nothing is opened before the first question. Those who ask for the same at the
 * same time share one question.
 */
public final class DnsJavaResolver {
  /** How long an answer is kept at most, whatever its own time to live. */
  private static final int MAX_SECONDS_KEPT = 3600;

  private static final int MAX_SECONDS_KEPT_MISSING = 300;
  private static final int MAX_KEPT = 20_000;

  private final Supplier<List<InetSocketAddress>> servers;
  private final LongSupplier nanos;
  private final Map<Question, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
  private final Session session = new Session();

  static {
    // Its logging has no use here, and nobody to tell that it has none.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    // It would stop asking at SIGTERM, when this server still has clients to serve.
    System.setProperty("dnsjava.nio.register_shutdown_hook", "false");
  }

  private record Question(Name name, RecordType type) {}

  /**
   * Asks the servers that the machine asks.
   *
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public DnsJavaResolver(ResolvConf resolvConf, LongSupplier nanos) {
    this(resolvConf::servers, nanos);
  }

  /**
   * @param servers whom to ask at the moment, first choice first; at least one
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  public DnsJavaResolver(Supplier<List<InetSocketAddress>> servers, LongSupplier nanos) {
    this.servers = servers;
    this.nanos = nanos;
  }

  /**
   * A resolver whose questions take this long at most, all of them together: a client whose checks
   * need many answers holds its slot no longer than one whose checks need one. The time counts from
   * the first question.
   */
  public Resolver within(Duration limit) {
    return new Resolver() {
      private long deadline;
      private boolean begun;

      @Override
      public synchronized Answer lookup(String name, RecordType type) {
        if (!begun) {
          begun = true;
          deadline = nanos.getAsLong() + limit.toNanos();
        }
        return DnsJavaResolver.this.lookup(name, type, deadline - nanos.getAsLong());
      }
    };
  }

  private Answer lookup(String name, RecordType type, long nanosLeft) {
    Optional<Name> absolute = absolute(name);
    if (absolute.isEmpty()) {
      return new Missing(false);
    }
    CompletableFuture<Answer> answer = ask(new Question(absolute.get(), type));
    try (var unused = SessionTime.waitFor(WaitingFor.DNS)) {
      return answer.get(Math.max(nanosLeft, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return new Unknown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unknown();
    }
  }

  /** As in Postfix, what is no host's name is not asked for. */
  private static Optional<Name> absolute(String name) {
    try {
      String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
      String relative = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
      return DomainName.isValid(relative)
          ? Optional.of(Name.fromString(relative, Name.root))
          : Optional.empty();
    } catch (TextParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private CompletableFuture<Answer> ask(Question question) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> others = asked.putIfAbsent(question, mine);
    if (others != null) {
      return others;
    }
    try {
      session
          .get()
          .lookupAsync(question.name(), type(question.type()), DClass.IN)
          .handle(
              (result, failure) ->
                  failure == null ? found(question.type(), result.getRecords()) : notFound(failure))
          .whenComplete(
              (answer, failure) -> {
                asked.remove(question, mine);
                mine.complete(failure == null ? answer : new Unknown());
              });
    } catch (RuntimeException e) {
      asked.remove(question, mine);
      mine.complete(new Unknown());
    }
    return mine;
  }

  private static int type(RecordType type) {
    return Type.value(type.name());
  }

  private static Answer found(RecordType type, List<Record> records) {
    List<String> values =
        records.stream()
            .sorted(Comparator.comparingInt(it -> it instanceof MXRecord mx ? mx.getPriority() : 0))
            .map(DnsJavaResolver::text)
            .filter(it -> it != null)
            .toList();
    return values.isEmpty() ? new Missing(true) : new Found(values);
  }

  private static @Nullable String text(Record record) {
    return switch (record) {
      case ARecord a -> a.getAddress().getHostAddress();
      case AAAARecord aaaa -> address(aaaa);
      case MXRecord mx -> mx.getTarget().toString(true);
      case NSRecord ns -> ns.getTarget().toString(true);
      case PTRRecord ptr -> ptr.getTarget().toString(true);
      case TXTRecord txt -> printable(txt.getStringsAsByteArrays().getFirst());
      default -> null;
    };
  }

  private static String printable(byte[] text) {
    var out = new StringBuilder();
    for (byte b : text) {
      out.append(b >= ' ' && b < 0x7f ? (char) b : ' ');
    }
    return out.toString();
  }

  private static String address(AAAARecord record) {
    return HostAddress.of(record.getAddress().getAddress()).toString();
  }

  private static Answer notFound(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return switch (cause) {
      case NoSuchDomainException e -> new Missing(false);
      case NoSuchRRSetException e -> new Missing(true);
      case null, default -> new Unknown();
    };
  }

  /** What dnsjava needs, made with the first question. */
  private final class Session {
    private @Nullable LookupSession made;

    synchronized LookupSession get() {
      if (made == null) {
        var cache = new Cache(DClass.IN);
        cache.setMaxEntries(MAX_KEPT);
        cache.setMaxCache(MAX_SECONDS_KEPT);
        cache.setMaxNCache(MAX_SECONDS_KEPT_MISSING);
        made =
            LookupSession.builder()
                .resolver(new NameServers(servers, nanos))
                .cache(cache)
                .executor(Thread::startVirtualThread)
                .build();
      }
      return made;
    }
  }
}
