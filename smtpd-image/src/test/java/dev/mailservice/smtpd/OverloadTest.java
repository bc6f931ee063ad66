package dev.mailservice.smtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does when it has less than its slots need. */
class OverloadTest {
  private static final int IMPATIENCE_MILLIS = 300;

  @TempDir private Path folder;

  private ServerProcess start(TestNextHop nextHop, int descriptors, String... mainCf)
      throws IOException {
    Files.writeString(
        folder.resolve("main.cf"),
        """
        myhostname = mx.example.test
        mydestination = example.test
        smtpd_relay_restrictions = reject_unauth_destination
        smtpd_proxy_filter = %s
        smtpd_peername_lookup = no
        smtpd_client_connection_count_limit = 0
        smtpd_client_slot_share_limit = 0
        %s
        """
            .formatted(nextHop.address(), String.join("\n", mainCf)));
    return ServerProcess.start(
        List.of("bash", "-c", "ulimit -n %d; exec \"$@\"".formatted(descriptors), "bash"), folder);
  }

  private static String deliver(ServerProcess server) throws IOException {
    try (TestClient client = server.connect().openMessage()) {
      return client.say("hello\r\n.");
    }
  }

  @Test
  void with_too_few_descriptors_there_are_fewer_slots_and_mail_goes_on_when_all_are_taken()
      throws Exception {
    try (var nextHop = new TestNextHop();
        ServerProcess server =
            start(
                nextHop,
                200,
                "default_process_limit = 500",
                "smtpd_timeout = ${stress?{1}:{300}}s")) {
      server.readLog();
      assertThat(server.log())
          .anyMatch(
              it ->
                  it.contains(
                      "default_process_limit = 500 needs 645 file descriptors, and this process may"
                          + " have 200 (RLIMIT_NOFILE): it has 55 slots"));
      assertThat(server.metric("smtpd_process_limit")).isEqualTo(55);
      assertThat(server.metric("process_max_fds")).isEqualTo(200);
      var hogs = new ArrayList<Socket>();
      for (int i = 0; i < 300; i++) {
        hogs.add(new Socket(server.address().getAddress(), server.address().getPort()));
      }
      assertThat(deliver(server)).startsWith("250");
      assertThat(nextHop.messages()).hasSize(1);
      assertThat(server.metric("process_open_fds")).isLessThan(200);
      assertThat(server.metric("smtpd_accept_failures_total")).isZero();
      for (Socket hog : hogs) {
        hog.close();
      }
    }
  }

  @Test
  void a_queue_that_is_full_is_counted_and_said_once() throws Exception {
    try (var nextHop = new TestNextHop();
        ServerProcess server =
            start(nextHop, 1024, "default_process_limit = 1", "smtpd_listen_backlog = 1")) {
      server.readLog();
      var waiting = new ArrayList<Socket>();
      await()
          .until(
              () -> {
                waiting.add(tryToConnect(server.address()));
                return server.metric("smtpd_listen_overflows_total") > 1;
              });
      await().until(() -> overflowLines(server) == 1);
      double before = server.metric("smtpd_listen_overflows_total");
      await()
          .until(
              () -> {
                waiting.add(tryToConnect(server.address()));
                return server.metric("smtpd_listen_overflows_total") > before;
              });
      assertThat(overflowLines(server)).isEqualTo(1);
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  private static long overflowLines(ServerProcess server) {
    return server.log().stream().filter(it -> it.contains("queue of clients that wait is")).count();
  }

  private static Socket tryToConnect(InetSocketAddress server) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(server, IMPATIENCE_MILLIS);
    } catch (SocketTimeoutException e) {
      // Its SYN was dropped.
      return socket;
    }
    return socket;
  }
}
