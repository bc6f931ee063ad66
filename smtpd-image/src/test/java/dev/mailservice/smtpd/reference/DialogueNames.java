package dev.mailservice.smtpd.reference;

import dev.mailservice.smtpd.dns.TestDnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The names that both servers find: {@code dns.zone} and {@code hosts} beside the dialogues.
 *
 * @param dns answers from the zones
 * @param etc what both servers have in place of {@code /etc}
 */
record DialogueNames(TestDnsServer dns, Path etc) implements AutoCloseable {
  /** As Debian has it. */
  private static final String NSSWITCH = "hosts: files dns\n";

  /** The C library is impatient: what is silent in dialogues is silent for good. */
  private static final String IMPATIENT = "options timeout:1 attempts:1\n";

  /** For this project's server, which can be told a port. */
  static DialogueNames onAnyPort() throws IOException {
    return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /**
   * For Postfix, too, whose C library knows no other port than 53: each has an address of its own.
   * That is for root only.
   */
  static DialogueNames forPostfix() throws IOException {
    return at(new InetSocketAddress(PostfixMaster.ownAddress(), 53));
  }

  private static DialogueNames at(InetSocketAddress address) throws IOException {
    Path zones = DialogueFile.FOLDER.resolve("dns.zone");
    TestDnsServer dns = TestDnsServer.start(address, Files.readString(zones));
    Path etc = Files.createTempDirectory("etc");
    Files.writeString(etc.resolve("resolv.conf"), dns.resolvConf() + IMPATIENT);
    Files.writeString(etc.resolve("nsswitch.conf"), NSSWITCH);
    Files.copy(DialogueFile.FOLDER.resolve("hosts"), etc.resolve("hosts"));
    return new DialogueNames(dns, etc);
  }

  @Override
  public void close() throws IOException {
    dns.close();
    for (String name : new String[] {"resolv.conf", "nsswitch.conf", "hosts"}) {
      Files.delete(etc.resolve(name));
    }
    Files.delete(etc);
  }
}
