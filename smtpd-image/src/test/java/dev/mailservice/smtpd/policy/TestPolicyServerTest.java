package dev.mailservice.smtpd.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mailservice.smtpd.policy.TestPolicyServer.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other tests believe of their policy server is so. */
class TestPolicyServerTest {
  private static final String REQUEST =
      "request=smtpd_access_policy\nprotocol_state=RCPT\nsender=a=b@client.test\n\n";

  private static Socket connect(TestPolicyServer policy) throws IOException {
    int port = Integer.parseInt(policy.address().substring("inet:127.0.0.1:".length()));
    var socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
  }

  @Test
  void every_request_of_a_connection_is_answered_in_turn() throws Exception {
    try (var policy = TestPolicyServer.start(it -> Answer.action(it.get("protocol_state")));
        Socket socket = connect(policy)) {
      write(socket, REQUEST + REQUEST);
      assertThat(read(socket, 26)).isEqualTo("action=RCPT\n\n".repeat(2));
      assertThat(policy.requests())
          .hasSize(2)
          .allSatisfy(it -> assertThat(it.get("sender")).isEqualTo("a=b@client.test"))
          .allSatisfy(it -> assertThat(it.connection()).isEqualTo(1));
    }
  }

  @Test
  void it_drops_connections_whole_or_in_the_middle_of_an_answer() throws Exception {
    try (var policy = TestPolicyServer.start(it -> Answer.drop())) {
      try (Socket socket = connect(policy)) {
        write(socket, REQUEST);
        assertThat(read(socket, 1)).isEmpty();
      }
      policy.answer(it -> Answer.lastRaw("action=OK\n"));
      try (Socket socket = connect(policy)) {
        write(socket, REQUEST);
        assertThat(read(socket, 100)).isEqualTo("action=OK\n");
      }
      assertThat(policy.connections()).isEqualTo(2);
      await().until(() -> policy.connected() == 0);
    }
  }

  @Test
  void a_late_answer_comes_when_the_test_says_so() throws Exception {
    try (var policy = TestPolicyServer.start(it -> Answer.lateAction("OK"));
        Socket socket = connect(policy)) {
      write(socket, REQUEST);
      await().until(() -> policy.requests().size() == 1);
      assertThat(socket.getInputStream().available()).isZero();
      policy.release();
      assertThat(read(socket, 11)).isEqualTo("action=OK\n\n");
    }
  }

  @Test
  void it_listens_on_a_socket_in_the_file_system_too(@TempDir Path folder) throws Exception {
    var address = UnixDomainSocketAddress.of(folder.resolve("policy"));
    try (var policy = TestPolicyServer.start(address, it -> Answer.action("DUNNO"));
        SocketChannel socket = SocketChannel.open(address)) {
      assertThat(policy.address()).isEqualTo("unix:" + folder.resolve("policy"));
      socket.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.UTF_8)));
      ByteBuffer answer = ByteBuffer.allocate(14);
      while (answer.hasRemaining() && socket.read(answer) >= 0) {}
      assertThat(new String(answer.array(), StandardCharsets.UTF_8)).isEqualTo("action=DUNNO\n\n");
    }
  }
}
