package dev.mailservice.smtpd.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;

/**
 * Several servers as one: who does not answer, or cannot, is no reason to have no answer.
 *
 * <p>The next server is asked when one has failed or been silent for a while, and so on for some
 * rounds that become longer; an answer counts whichever question it is to, so that a slow server is
 * heard all the same. One that was silent is asked last for a while, so that the first in the list
 * being gone delays one question and not each of them.
 *
 * <p>dnsjava's ExtendedResolver asks nobody else after a SERVFAIL, and notices silence only when
 * the selector of its sockets wakes up, up to a second late.
 */
final class NameServers implements org.xbill.DNS.Resolver {
  /** How long one server may keep the others from being asked, round by round. */
  private static final List<Duration> PATIENCE =
      List.of(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(3200));

  /** How long an answer is waited for at all. Who asks has a limit of their own. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration ASKED_LAST_FOR = Duration.ofSeconds(30);

  private final Supplier<List<InetSocketAddress>> servers;
  private final LongSupplier nanos;
  private final Map<InetSocketAddress, Server> known = new ConcurrentHashMap<>();

  private static final class Server {
    private final SimpleResolver resolver;
    private volatile boolean silent;
    private volatile long silentSince;

    Server(InetSocketAddress address) {
      this.resolver = new SimpleResolver(address);
      resolver.setTimeout(LIMIT);
    }

    void wasSilent(long now) {
      silent = true;
      silentSince = now;
    }

    void spoke() {
      silent = false;
    }

    boolean isLastChoice(long now) {
      return silent && now - silentSince < ASKED_LAST_FOR.toNanos();
    }
  }

  /** One question, to whichever server answers it. */
  private final class Asking {
    private final Message query;
    private final Executor executor;
    private final List<Server> order;
    private final CompletableFuture<Message> answer = new CompletableFuture<>();
    private int tries;
    private int open;
    private @Nullable Message refusal;

    Asking(Message query, Executor executor, List<Server> order) {
      this.query = query;
      this.executor = executor;
      this.order = order;
    }

    synchronized void askNext() {
      if (answer.isDone() || tries == order.size() * PATIENCE.size()) {
        return;
      }
      Server server = order.get(tries % order.size());
      Duration patience = PATIENCE.get(tries / order.size());
      tries++;
      open++;
      int mine = tries;
      server
          .resolver
          .sendAsync(query, executor)
          .whenCompleteAsync((reply, failure) -> heard(server, reply, failure), executor);
      CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS, executor)
          .execute(() -> heardNothing(server, mine));
    }

    private synchronized void heardNothing(Server server, int at) {
      if (!answer.isDone() && at == tries) {
        server.wasSilent(nanos.getAsLong());
        askNext();
      }
    }

    private synchronized void heard(
        Server server, @Nullable Message reply, @Nullable Throwable failure) {
      open--;
      if (failure == null && reply != null) {
        server.spoke();
        if (!isRefusal(reply)) {
          answer.complete(reply);
          return;
        }
        refusal = reply;
      } else {
        server.wasSilent(nanos.getAsLong());
      }
      // A second time would only bring the same, but a server that is not there may come.
      if (tries < order.size()) {
        askNext();
      }
      if (open == 0) {
        giveUp(failure);
      }
    }

    private void giveUp(@Nullable Throwable failure) {
      if (refusal != null) {
        answer.complete(refusal);
      } else {
        answer.completeExceptionally(
            failure == null ? new IOException("no server has answered") : failure);
      }
    }
  }

  /**
   * @param servers whom to ask at the moment, first choice first
   * @param nanos a clock for elapsed time, as {@link System#nanoTime}
   */
  NameServers(Supplier<List<InetSocketAddress>> servers, LongSupplier nanos) {
    this.servers = servers;
    this.nanos = nanos;
  }

  @Override
  public CompletionStage<Message> sendAsync(Message query, Executor executor) {
    List<InetSocketAddress> now = servers.get();
    known.keySet().retainAll(now);
    var order = new ArrayList<Server>();
    now.forEach(it -> order.add(known.computeIfAbsent(it, Server::new)));
    long time = nanos.getAsLong();
    order.sort(Comparator.comparing(it -> it.isLastChoice(time)));
    var asking = new Asking(query, executor, order);
    asking.askNext();
    return asking.answer;
  }

  /** As the C library: these are no answers to the question. */
  private static boolean isRefusal(Message reply) {
    return switch (reply.getRcode()) {
      case Rcode.NOERROR, Rcode.NXDOMAIN -> false;
      default -> true;
    };
  }

  @Override
  public void setPort(int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setTCP(boolean flag) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setIgnoreTruncation(boolean flag) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setTSIGKey(TSIG key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setTimeout(Duration timeout) {
    throw new UnsupportedOperationException();
  }
}
