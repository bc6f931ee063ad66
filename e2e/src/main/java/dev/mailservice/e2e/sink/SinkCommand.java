package dev.mailservice.e2e.sink;

import dev.mailservice.e2e.smtp.AddressAndPort;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code e2e sink}. */
@Command(
    name = "sink",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "A next hop that takes every message and keeps a ledger of what it said 250 to.",
      "GET /ledger gives the Message-IDs and how often each was acknowledged, as JSON."
    })
public final class SinkCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      description = "where to speak SMTP",
      defaultValue = "127.0.0.1:10025",
      converter = AddressAndPort.class)
  private InetSocketAddress listen = new InetSocketAddress(10025);

  @Option(
      names = "--http",
      paramLabel = "ADDRESS:PORT",
      description = "where to serve the ledger",
      defaultValue = "127.0.0.1:8025",
      converter = AddressAndPort.class)
  private InetSocketAddress http = new InetSocketAddress(8025);

  @Option(
      names = "--hostname",
      paramLabel = "NAME",
      description = "the name in the greeting",
      defaultValue = "sink.example.test")
  private String hostName = "sink.example.test";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Ledger ledger = new Ledger(Clock.systemUTC().instant());
    try (SinkServer smtp = SinkServer.start(listen, hostName, ledger);
        LedgerEndpoint endpoint = LedgerEndpoint.start(http, ledger)) {
      spec.commandLine()
          .getOut()
          .printf(
              "sink: SMTP on %s, ledger on http://%s/ledger%n",
              AddressAndPort.format(smtp.address()), AddressAndPort.format(endpoint.address()));
      spec.commandLine().getOut().flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
