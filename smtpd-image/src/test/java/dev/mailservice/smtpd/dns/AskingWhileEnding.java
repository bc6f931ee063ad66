package dev.mailservice.smtpd.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** A process that asks while it ends, as a server does that drains. */
final class AskingWhileEnding {
  private AskingWhileEnding() {}

  /** Wants the port of a DNS server on 127.0.0.1; prints what it is answered. */
  public static void main(String[] arguments) {
    var server = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0]));
    Resolver resolver =
        new DnsJavaResolver(() -> List.of(server), System::nanoTime).within(Duration.ofMinutes(1));
    System.out.println(resolver.lookup("first.test", RecordType.A));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  // Other hooks have begun by then: theirs is no order.
                  System.out.println(resolver.lookup("late.test", RecordType.A));
                  System.out.println(resolver.lookup("second.test", RecordType.A));
                }));
  }
}
