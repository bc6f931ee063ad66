package dev.mailservice.smtpd.tls;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What client and server say in plain text when they begin TLS, RFC 8446 section 4.1.
 *
 * @param resumed whether the session goes on from an earlier one
 * @param group the number of the group of the key exchange; empty before TLSv1.3
 * @param clientSchemes the numbers of the signature schemes that the client knows, its favourite
 *     first
 */
record Hellos(boolean resumed, Optional<Integer> group, List<Integer> clientSchemes) {
  private static final int HANDSHAKE_RECORD = 22;
  private static final int ENCRYPTED_RECORD = 23;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int RANDOM_LENGTH = 32;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int PRE_SHARED_KEY = 41;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;

  /**
   * One hello.
   *
   * @param session the session's id, as before TLSv1.3
   * @param extensions their content by their number
   */
  private record Hello(byte[] session, Map<Integer, ByteBuffer> extensions) {}

  /**
   * Reads them.
   *
   * @param client the first bytes that the client sent
   * @param server the first bytes that the server sent
   * @return empty if there is not one of both
   */
  static Optional<Hellos> read(byte[] client, byte[] server) {
    try {
      return last(messages(client), CLIENT_HELLO)
          .flatMap(its -> last(messages(server), SERVER_HELLO).map(ours -> of(its, ours)));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Hellos of(Hello client, Hello server) {
    boolean isNew = server.extensions().containsKey(SUPPORTED_VERSIONS);
    boolean resumed =
        isNew
            ? server.extensions().containsKey(PRE_SHARED_KEY)
            : server.session().length > 0 && Arrays.equals(server.session(), client.session());
    Optional<Integer> group =
        Optional.ofNullable(server.extensions().get(KEY_SHARE)).map(Hellos::unsignedShort);
    var schemes = new ArrayList<Integer>();
    Optional.ofNullable(client.extensions().get(SIGNATURE_ALGORITHMS))
        .ifPresent(
            it -> {
              unsignedShort(it);
              while (it.hasRemaining()) {
                schemes.add(unsignedShort(it));
              }
            });
    return new Hellos(resumed, isNew ? group : Optional.empty(), List.copyOf(schemes));
  }

  /** The messages in plain text, which records may divide as they like. */
  private static ByteBuffer messages(byte[] bytes) {
    var messages = new ByteArrayOutputStream();
    ByteBuffer records = ByteBuffer.wrap(bytes);
    while (records.remaining() > 5) {
      int type = records.get();
      unsignedShort(records); // The version, which says nothing since TLSv1.3.
      int length = Math.min(unsignedShort(records), records.remaining());
      if (type == ENCRYPTED_RECORD) {
        break;
      }
      if (type == HANDSHAKE_RECORD) {
        messages.write(bytes, records.position(), length);
      }
      records.position(records.position() + length);
    }
    return ByteBuffer.wrap(messages.toByteArray());
  }

  /** The last one counts: a server may ask for another hello, and its first answer is none. */
  private static Optional<Hello> last(ByteBuffer messages, int wanted) {
    Optional<Hello> hello = Optional.empty();
    while (messages.remaining() > 4) {
      int type = messages.get();
      int length = (messages.get() & 0xff) << 16 | unsignedShort(messages);
      if (length > messages.remaining()) {
        break;
      }
      ByteBuffer message = messages.slice(messages.position(), length);
      if (type == wanted) {
        hello = Optional.of(hello(message, wanted == CLIENT_HELLO));
      }
      messages.position(messages.position() + length);
    }
    return hello;
  }

  private static Hello hello(ByteBuffer message, boolean fromClient) {
    message.position(2 + RANDOM_LENGTH);
    byte[] session = new byte[message.get() & 0xff];
    message.get(session);
    if (fromClient) {
      skip(message, unsignedShort(message)); // ciphers
      skip(message, message.get() & 0xff); // compression
    } else {
      skip(message, 3);
    }
    var extensions = new TreeMap<Integer, ByteBuffer>();
    if (message.hasRemaining()) {
      unsignedShort(message);
    }
    while (message.hasRemaining()) {
      int number = unsignedShort(message);
      int length = unsignedShort(message);
      extensions.put(number, message.slice(message.position(), length));
      skip(message, length);
    }
    return new Hello(session, extensions);
  }

  private static void skip(ByteBuffer message, int length) {
    message.position(message.position() + length);
  }

  private static int unsignedShort(ByteBuffer bytes) {
    return bytes.getShort() & 0xffff;
  }
}
