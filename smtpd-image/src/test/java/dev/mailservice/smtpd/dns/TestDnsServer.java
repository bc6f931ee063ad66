package dev.mailservice.smtpd.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * A DNS server on loopback, over UDP and TCP, that answers from the text of zones; see {@link
 * TestZones} for what the text may order besides.
 */
public final class TestDnsServer implements AutoCloseable {
  private static final int TRIES = 50;
  private static final int LARGEST = 4096;

  private final TestZones zones;
  private final Queue<Record> questions = new ConcurrentLinkedQueue<>();
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private volatile boolean silent;

  private TestDnsServer(TestZones zones, DatagramSocket udp, ServerSocket tcp) {
    this.zones = zones;
    this.udp = udp;
    this.tcp = tcp;
    Thread.ofPlatform().daemon().name("dns").start(this::serveUdp);
    Thread.ofVirtual().start(this::serveTcp);
  }

  /**
   * Starts one on a port of 127.0.0.1 that the system chooses.
   *
   * @param zones as {@link TestZones} reads them
   */
  public static TestDnsServer start(String zones) throws IOException {
    return start(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), zones);
  }

  /**
   * Starts one.
   *
   * @param address of loopback; with port 0 the system chooses
   * @param zones as {@link TestZones} reads them
   */
  public static TestDnsServer start(InetSocketAddress address, String zones) throws IOException {
    TestZones parsed = TestZones.parse(zones);
    for (int i = 1; ; i++) {
      var tcp = new ServerSocket(address.getPort(), 50, address.getAddress());
      try {
        return new TestDnsServer(
            parsed, new DatagramSocket(tcp.getLocalPort(), address.getAddress()), tcp);
      } catch (IOException e) {
        tcp.close();
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) udp.getLocalSocketAddress();
  }

  /** Its line in resolv.conf, with its port where that is not 53. */
  public String resolvConf() {
    String host = address().getAddress().getHostAddress();
    return address().getPort() == 53
        ? "nameserver %s\n".formatted(host)
        : "nameserver [%s]:%d\n".formatted(host, address().getPort());
  }

  /**
   * Makes a folder what {@code /etc} is to a server that asks this one.
   *
   * @param hosts the text of its hosts file
   */
  public Path etc(Path folder, String hosts) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("resolv.conf"), resolvConf());
    Files.writeString(folder.resolve("hosts"), hosts);
    return folder;
  }

  /** From now on nobody gets an answer. */
  public void fallSilent() {
    silent = true;
  }

  /** Everybody gets answers again. */
  public void speak() {
    silent = false;
  }

  /** All it was asked so far, as {@code mail.example.test. MX}, those asked over again, too. */
  public List<String> questions() {
    return questions.stream().map(it -> it.getName() + " " + Type.string(it.getType())).toList();
  }

  /** How often it was asked this. */
  public long asked(String name, String type) {
    try {
      Name absolute = Name.fromString(name, Name.root);
      int number = Type.value(type);
      return questions.stream()
          .filter(it -> it.getType() == number && it.getName().equals(absolute))
          .count();
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  private void serveUdp() {
    var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (!udp.isClosed()) {
      try {
        packet.setLength(LARGEST);
        udp.receive(packet);
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        var from = (InetSocketAddress) packet.getSocketAddress();
        Thread.ofVirtual().start(() -> answerUdp(question, from));
      } catch (IOException e) {
        // Closed, or a client that is gone.
        continue;
      }
    }
  }

  private void answerUdp(byte[] wire, InetSocketAddress to) {
    try {
      Optional<Message> answer = answer(wire, true);
      if (answer.isPresent()) {
        byte[] bytes = answer.get().toWire(answer.get().getOPT() == null ? 512 : LARGEST);
        udp.send(new DatagramPacket(bytes, bytes.length, to));
      }
    } catch (IOException e) {
      // Closed in between; the client will hear nothing, as from a server that has ended.
      return;
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket client = tcp.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      while (true) {
        byte[] question = in.readNBytes(in.readUnsignedShort());
        Optional<Message> answer = answer(question, false);
        if (answer.isPresent()) {
          byte[] bytes = answer.get().toWire();
          out.write(bytes.length >> 8);
          out.write(bytes.length);
          out.write(bytes);
          out.flush();
        }
      }
    } catch (IOException e) {
      // The client has hung up.
      return;
    }
  }

  private Optional<Message> answer(byte[] wire, boolean overUdp) throws WireParseException {
    Message question;
    try {
      question = new Message(wire);
    } catch (WireParseException e) {
      throw e;
    } catch (IOException e) {
      throw new WireParseException(String.valueOf(e.getMessage()), e);
    }
    Record asked = question.getQuestion();
    questions.add(asked);
    if (silent || zones.isSilent(asked.getName())) {
      return Optional.empty();
    }
    pause(zones.delay(asked.getName()));
    var answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    if (question.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
    }
    answer.addRecord(asked, Section.QUESTION);
    if (question.getOPT() != null) {
      answer.addRecord(new org.xbill.DNS.OPTRecord(LARGEST, 0, 0), Section.ADDITIONAL);
    }
    if (overUdp && zones.isCut(asked.getName())) {
      answer.getHeader().setFlag(Flags.TC);
    } else {
      zones.answer(asked.getName(), asked.getType(), answer);
    }
    return Optional.of(answer);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException e) {
      // It is closed all the same.
      return;
    }
  }
}
