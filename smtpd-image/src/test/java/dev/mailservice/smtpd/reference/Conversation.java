package dev.mailservice.smtpd.reference;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A dialogue's client, at it with a server. */
final class Conversation implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5_000;

  /** Long enough for Postfix to have looked at the first, whose process may yet have to start. */
  private static final Duration BETWEEN_PIECES = Duration.ofMillis(600);

  private final Socket socket = new Socket();
  private final Socket busy;
  private InputStream in;
  private Socket speaking = socket;
  private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
  private final List<List<String>> heard = new ArrayList<>();
  private int due;
  private boolean inContent;
  private boolean closed;

  private Conversation(Client client, InetSocketAddress server, Socket busy) throws IOException {
    this.busy = busy;
    socket.bind(new InetSocketAddress(client.address(), 0));
    socket.connect(server);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
    heard.add(new ArrayList<>());
  }

  /** Plays a dialogue's client; what it heard. */
  static Transcript play(Dialogue dialogue, InetSocketAddress server) {
    try (Socket busy = dialogue.occupies() ? occupying(server) : new Socket();
        var others = OtherSessions.open(dialogue, server);
        var conversation = new Conversation(dialogue.client(), server, busy)) {
      conversation.play(dialogue);
      return new Transcript(conversation.heard);
    } catch (IOException e) {
      throw new IllegalStateException(
          "dialogue '%s' with %s: %s".formatted(dialogue.title(), server, e.getMessage()), e);
    }
  }

  /**
   * A client that keeps a server busy that serves one at a time: who comes now can speak before it
   * is greeted, however quick the server is.
   */
  private static Socket occupying(InetSocketAddress server) throws IOException {
    var busy = new Socket(server.getAddress(), server.getPort());
    busy.setSoTimeout(PATIENCE_MILLIS);
    if (busy.getInputStream().read() < 0) {
      throw new IOException("closed before its greeting");
    }
    return busy;
  }

  private void play(Dialogue dialogue) throws IOException {
    sendHeaders(dialogue.headers());
    if (dialogue.tlsFirst()) {
      shakeHands(new Step.Tls(Optional.empty(), Optional.empty()));
    }
    due = 1;
    if (!dialogue.talksFirst()) {
      hearDue();
    }
    for (Step step : dialogue.steps()) {
      heard.add(new ArrayList<>());
      if (!closed) {
        take(step);
      }
    }
    if (!closed) {
      end();
    }
  }

  private void sendHeaders(List<byte[]> pieces) {
    for (int i = 0; i < pieces.size(); i++) {
      if (i > 0) {
        pause(new Step.Wait(BETWEEN_PIECES));
      }
      packet.writeBytes(pieces.get(i));
      send();
    }
  }

  private void take(Step step) throws IOException {
    switch (step) {
      case Step.Say say -> say(say);
      case Step.Hear hear -> {
        send();
        due = hear.replies().orElse(Math.max(due, 1));
        hearDue();
      }
      case Step.Wait wait -> {
        send();
        pause(wait);
      }
      case Step.HalfClose _ -> hangUp();
      case Step.Tls tls -> {
        send();
        shakeHands(tls);
      }
    }
  }

  private void shakeHands(Step.Tls tls) throws IOException {
    SSLSocket secured = Certificates.all().client(socket, tls);
    try {
      secured.startHandshake();
    } catch (IOException e) {
      heard.getLast().add(Transcript.NO_TLS);
      heard.getLast().add(Transcript.CLOSED);
      closed = true;
      return;
    }
    SSLSession session = secured.getSession();
    heard
        .getLast()
        .add(
            "(%s, %s, %s)"
                .formatted(
                    session.getProtocol(), session.getCipherSuite(), session.getPeerPrincipal()));
    speaking = secured;
    in = new BufferedInputStream(secured.getInputStream());
  }

  private void say(Step.Say say) throws IOException {
    packet.writeBytes(say.bytes());
    boolean alone = due == 0 && !say.more();
    if (alone && inContent && !say.isFinalDot()) {
      return;
    }
    due += say.replies();
    if (!say.more()) {
      send();
      hearDue();
    }
  }

  private void hearDue() throws IOException {
    while (due > 0 && !closed) {
      due--;
      if (!hearReply()) {
        return;
      }
    }
    due = 0;
  }

  /** Whether one came. */
  private boolean hearReply() throws IOException {
    String line;
    do {
      line = readLine();
      heard.getLast().add(line);
      if (isEnd(line)) {
        closed = true;
        return false;
      }
    } while (line.length() > 3 && line.charAt(3) == '-');
    inContent = line.startsWith("354");
    return true;
  }

  /**
   * A server that says goodbye must close by itself; one that does not must have nothing more to
   * say to a client that is gone.
   */
  private void end() throws IOException {
    send();
    String last = heard.stream().flatMap(List::stream).reduce((earlier, later) -> later).orElse("");
    if (last.matches("(221|421|521).*")) {
      hearReply();
    }
    if (!closed) {
      hangUp();
    }
  }

  private void hangUp() throws IOException {
    send();
    try {
      speaking.shutdownOutput();
    } catch (IOException e) {
      // The server was faster; what it said before can still be heard.
      closed = true;
    }
    for (String line = readLine(); !isEnd(line); line = readLine()) {
      heard.getLast().add(line);
    }
    closed = true;
  }

  private static boolean isEnd(String line) {
    return line.equals(Transcript.CLOSED) || line.equals(Transcript.SILENCE);
  }

  private void send() {
    try {
      packet.writeTo(speaking.getOutputStream());
      busy.close();
    } catch (IOException e) {
      // The server has closed: hearing will show it, after what it said before.
    }
    packet.reset();
  }

  private String readLine() {
    var line = new ByteArrayOutputStream();
    try {
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          return ended(line.toByteArray());
        }
        line.write(c);
      }
    } catch (SocketTimeoutException e) {
      return line.size() == 0
          ? Transcript.SILENCE
          : Escapes.shown(line.toByteArray()) + " (no end of line)";
    } catch (IOException e) {
      return Transcript.CLOSED;
    }
    return line.size() == 0
        ? Transcript.CLOSED
        : Escapes.shown(line.toByteArray()) + " (no end of line)";
  }

  private static String ended(byte[] line) {
    boolean withReturn = line.length > 0 && line[line.length - 1] == '\r';
    return withReturn
        ? Escapes.shown(Arrays.copyOf(line, line.length - 1))
        : Escapes.shown(line) + " (bare newline)";
  }

  private static void pause(Step.Wait wait) {
    try {
      Thread.sleep(wait.time());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    speaking.close();
    socket.close();
  }
}
