package dev.mailservice.smtpd.fuzz;

import dev.mailservice.smtpd.ServerInsides;
import dev.mailservice.smtpd.Smtpd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Jazzer calls with each input: bytes that a client sends, behind two that say under what
 * {@link Circumstances}. A session is held to its end with the real server, whose next hop is real,
 * too. Whatever {@link Verdict} complains of is a finding, and a session that does not end.
 */
public final class SessionFuzzer {
  /** How much of a session's end the client's kernel holds for it. */
  private static final int PATIENCE_MILLIS = 10_000;

  private static @Nullable FuzzedServers servers;

  private SessionFuzzer() {}

  /** Called by name. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length < Circumstances.LENGTH) {
      return;
    }
    FuzzedServers here = servers();
    here.begin();
    Circumstances circumstances = Circumstances.of(input);
    if (circumstances.overLoopback()) {
      overLoopback(here, circumstances, input);
    } else {
      inMemory(here, circumstances, input);
    }
  }

  private static FuzzedServers servers() throws IOException {
    FuzzedServers here = servers;
    if (here == null) {
      here = new FuzzedServers();
      servers = here;
    }
    return here;
  }

  private static void inMemory(FuzzedServers here, Circumstances circumstances, byte[] input) {
    var server = new ServerInsides(here.with(circumstances.options()));
    var client = new ScriptedSocket(circumstances, input);
    server.serve(client);
    Verdict.require(server.held().isEmpty(), "left behind: " + server.held());
    judge(here, client.heard(), client.heardAll(), input);
  }

  private static void overLoopback(FuzzedServers here, Circumstances circumstances, byte[] input)
      throws IOException {
    Smtpd server = here.with(circumstances.options());
    var heard = new ByteArrayOutputStream();
    boolean heardAll = true;
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.bind(
          new InetSocketAddress(InetAddress.getByName(circumstances.client().address()), 0));
      socket.connect(server.address());
      if (circumstances.resets()) {
        socket.setSoLinger(true, 0);
      }
      try {
        socket
            .getOutputStream()
            .write(input, Circumstances.LENGTH, input.length - Circumstances.LENGTH);
        if (circumstances.resets()) {
          heardAll = false;
          // Who goes before it is accepted is counted later, when the next input is looked at.
          heard.write(socket.getInputStream().read());
        } else {
          socket.shutdownOutput();
          socket.getInputStream().transferTo(heard);
        }
      } catch (java.net.SocketTimeoutException e) {
        throw new AssertionError("a session that does not end", e);
      } catch (IOException e) {
        // The server has hung up on a client that was still talking.
        heardAll = false;
      }
    }
    new ServerInsides(server).awaitNothingHeld();
    judge(here, heard.toString(StandardCharsets.ISO_8859_1), heardAll, input);
  }

  private static void judge(FuzzedServers here, String heard, boolean heardAll, byte[] input) {
    List<String> violations = here.nextHop().violations();
    Verdict.require(violations.isEmpty(), "the next hop was sent " + violations);
    int lines = 1;
    for (int i = Circumstances.LENGTH; i < input.length; i++) {
      lines += input[i] == '\n' ? 1 : 0;
    }
    new Verdict(heard, heardAll, lines, here.nextHop().accepted(), here.log()).orFail();
  }
}
