package dev.mailservice.smtpd.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** That the server goes on to accept, or says that it does not. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class ListenerTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int GREETING = '2';
  private static final int GONE = -1;

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private Listener listener;

  @BeforeEach
  void bind() throws IOException {
    listener = new Listener(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  /** Fails at each of the first times that it hears of something. */
  private static final class FailingWatcher implements Slots.Watcher {
    private int failures;

    FailingWatcher(int failures) {
      this.failures = failures;
    }

    private void fail() {
      if (failures > 0) {
        failures--;
        throw new LinkageError("a fault of this server's own");
      }
    }

    @Override
    public void saturated() {
      fail();
    }

    @Override
    public void relieved() {
      fail();
    }
  }

  private Slots start(int faults, Consumer<Throwable> onFailure) {
    var slots = new Slots(1, new FailingWatcher(faults), System::nanoTime);
    listener.start(slots, (client, slot) -> greet(client), onFailure);
    return slots;
  }

  private static void greet(Socket client) {
    try {
      client.getOutputStream().write(GREETING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int greeting() throws IOException {
    try (var client = new Socket()) {
      client.connect(listener.address());
      client.setSoTimeout(PATIENCE_MILLIS);
      return client.getInputStream().read();
    }
  }

  @Test
  void a_fault_costs_one_client_and_no_slot() throws Exception {
    Slots slots = start(2, failures::add);
    assertThat(greeting()).as("neither its taking is heard of nor its release").isEqualTo(GONE);
    assertThat(greeting()).isEqualTo(GREETING);
    assertThat(greeting()).isEqualTo(GREETING);
    assertThat(failures).singleElement().isInstanceOf(LinkageError.class);
    assertThat(listener.isAccepting()).isTrue();
    await().until(() -> slots.usage().active() == 0);
  }

  @Test
  void it_does_not_accept_before_its_start_nor_after_its_end() throws Exception {
    assertThat(listener.isAccepting()).isFalse();
    start(0, failures::add);
    assertThat(listener.isAccepting()).isTrue();
    listener.close();
    assertThat(listener.isAccepting()).isFalse();
  }

  @Test
  void if_not_even_a_failure_can_be_told_it_says_that_it_does_not_accept() throws Exception {
    start(
        1,
        failure -> {
          Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> failures.add(e));
          throw new LinkageError("the log's", failure);
        });
    assertThat(greeting()).isEqualTo(GONE);
    await().until(() -> !listener.isAccepting());
    await().until(() -> failures.size() == 1);
  }
}
