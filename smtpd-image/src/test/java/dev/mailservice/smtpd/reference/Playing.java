package dev.mailservice.smtpd.reference;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many dialogues at once: each of them is a client that waits most of the time. */
final class Playing implements AutoCloseable {
  static final int AT_ONCE = 12;

  private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);

  /** Starts them all. */
  Map<Dialogue, Future<Transcript>> start(Server server, Collection<Dialogue> dialogues) {
    var playing = new LinkedHashMap<Dialogue, Future<Transcript>>();
    for (Dialogue dialogue : dialogues) {
      Callable<Transcript> play = () -> server.play(dialogue);
      playing.put(dialogue, players.submit(play));
    }
    return playing;
  }

  /** Waits for one. */
  static Transcript end(Future<Transcript> playing) {
    try {
      return playing.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    players.close();
  }
}
