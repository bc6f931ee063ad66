package dev.mailservice.e2e.bench.side;

import java.net.InetSocketAddress;

/** One of the servers that are compared, running. */
public interface Side extends AutoCloseable {
  /** What reports call it. */
  String name();

  /** Where it speaks SMTP. */
  InetSocketAddress address();

  /** All of its processes. */
  ProcessTree processes();

  /** Ends its processes and removes its files. */
  @Override
  void close();
}
