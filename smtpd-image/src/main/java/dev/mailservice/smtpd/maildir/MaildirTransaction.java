package dev.mailservice.smtpd.maildir;

import dev.mailservice.maincf.table.LocalPart;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.protocol.Reply;
import dev.mailservice.smtpd.waiting.SessionTime;
import dev.mailservice.smtpd.waiting.WaitedOutput;
import dev.mailservice.smtpd.waiting.WaitingFor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One message for one or several users, each of whom gets a file with headers of his own. It is
 * written to the first one's {@code tmp} as it comes, and copied to the others' when it is whole.
 * When every copy is on disk each is linked into {@code new}, which shows it at once and whole; and
 * when every link is on disk the client hears that the message was accepted. If that fails halfway
 * those who have their copy lose it again, unless they have read it: then they get the message
 * twice, as the client tries again. Nobody gets half of one, and nobody none.
 */
final class MaildirTransaction implements DeliveryTransaction {
  private static final Reply SENDER_OK = Reply.of("250 2.1.0 Ok");
  private static final Reply RECIPIENT_OK = Reply.of("250 2.1.5 Ok");
  private static final Reply NO_SPACE = Reply.of("452 4.3.1 Insufficient system storage");
  private static final int OUTPUT_BUFFER = 16 * 1024;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Maildir maildir;
  private final UniqueNames names;
  private final String name;
  private final Map<String, Mailbox> recipients = new LinkedHashMap<>();
  private final List<Copy> copies = new ArrayList<>();
  private final List<Path> linked = new ArrayList<>();
  private String sender = "";
  private @Nullable NewlineOutput content;
  private @Nullable FileChannel whole;
  private long contentStart;
  private @Nullable IOException failure;

  /** A recipient's file. */
  private record Copy(Mailbox mailbox, String file) {
    Path incoming() {
      return mailbox.incoming().resolve(file);
    }

    Path arrived() {
      return mailbox.arrived().resolve(file);
    }
  }

  MaildirTransaction(Maildir maildir, UniqueNames names) {
    this.maildir = maildir;
    this.names = names;
    this.name = names.next();
  }

  @Override
  public Reply mail(String address, String command) throws IOException {
    sender = address;
    return maildir.hasRoom() ? SENDER_OK : NO_SPACE;
  }

  @Override
  public Reply rcpt(String address, String command) {
    Optional<Reply> refusal = maildir.refusal(address);
    if (refusal.isEmpty()) {
      recipients.put(address, maildir.mailbox(address));
    }
    return refusal.orElse(RECIPIENT_OK);
  }

  @Override
  public Optional<Reply> data() throws IOException {
    try (var unused = SessionTime.waitFor(WaitingFor.DISK)) {
      for (Mailbox mailbox : recipients.values()) {
        maildir.prepare(mailbox);
      }
      Map.Entry<String, Mailbox> first = recipients.entrySet().iterator().next();
      FileChannel channel = create(first.getValue());
      whole = channel;
      writeHeaders(channel, first.getKey());
      contentStart = channel.position();
      content =
          new NewlineOutput(
              new BufferedOutputStream(
                  new WaitedOutput(WaitingFor.DISK, Channels.newOutputStream(channel)),
                  OUTPUT_BUFFER));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(refusalFor(e));
    }
  }

  /** A file of its own name in {@code tmp}; the caller closes it. */
  private FileChannel create(Mailbox mailbox) throws IOException {
    String file = names.file(copies.isEmpty() ? name : names.next());
    FileChannel channel =
        FileChannel.open(
            mailbox.incoming().resolve(file),
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OWNER_ALONE);
    copies.add(new Copy(mailbox, file));
    return channel;
  }

  /** Those that local(8) writes. */
  private void writeHeaders(FileChannel channel, String recipient) throws IOException {
    ByteBuffer headers = ByteBuffer.wrap(headers(recipient).getBytes(StandardCharsets.ISO_8859_1));
    while (headers.hasRemaining()) {
      channel.write(headers);
    }
  }

  private String headers(String recipient) {
    String quoted = LocalPart.quoteAddress(recipient);
    return "Return-Path: <%s>\nX-Original-To: %s\nDelivered-To: %s\n"
        .formatted(sender.isEmpty() ? "" : LocalPart.quoteAddress(sender), quoted, quoted);
  }

  @Override
  public OutputStream content() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        requireWhole();
        try {
          begun().write(bytes, from, count);
        } catch (IOException e) {
          failure = e;
          throw e;
        }
      }
    };
  }

  private NewlineOutput begun() {
    if (content == null) {
      throw new IllegalStateException("content before DATA");
    }
    return content;
  }

  private void requireWhole() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  @Override
  public Reply end() throws IOException {
    try (var unused = SessionTime.waitFor(WaitingFor.DISK)) {
      requireWhole();
      begun().finish();
      FileChannel from = Objects.requireNonNull(whole);
      from.force(true);
      copyToTheOthers(from);
      show();
      recipients.keySet().forEach(it -> maildir.delivered(name, it));
      return Reply.of("250 2.0.0 Ok: queued as " + name);
    } catch (IOException e) {
      takeBack();
      return refusalFor(e);
    }
  }

  /** One after the other: a client may name as many as it likes, and files are a process's. */
  private void copyToTheOthers(FileChannel from) throws IOException {
    long end = from.size();
    maildir.requireRoom(recipients.size() - 1, end);
    for (Map.Entry<String, Mailbox> other : recipients.entrySet().stream().skip(1).toList()) {
      try (FileChannel to = create(other.getValue())) {
        writeHeaders(to, other.getKey());
        long at = contentStart;
        while (at < end) {
          at += from.transferTo(at, end - at, to);
        }
        to.force(true);
      }
    }
  }

  /** A link, and no renaming: that would overwrite a file of the same name. */
  private void show() throws IOException {
    for (Copy copy : copies) {
      Files.createLink(copy.arrived(), copy.incoming());
      linked.add(copy.arrived());
    }
    for (Mailbox mailbox : new LinkedHashSet<>(recipients.values())) {
      Mailbox.sync(mailbox.arrived());
    }
    linked.clear();
  }

  private void takeBack() {
    for (Path path : linked) {
      remove(path);
    }
    linked.clear();
  }

  private void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      maildir.warn("remove %s: %s".formatted(path, e.getMessage()));
    }
  }

  private Reply refusalFor(IOException cause) throws IOException {
    failure = cause;
    if (cause instanceof FileAlreadyExistsException || !maildir.isFull(cause)) {
      throw new IOException("%s: maildir delivery failed: %s".formatted(name, cause), cause);
    }
    maildir.warn("%s: maildir delivery failed: %s".formatted(name, cause.getMessage()));
    return NO_SPACE;
  }

  /** A disk takes as long as it takes. */
  @Override
  public boolean isStalled(long nanoTime) {
    return false;
  }

  @Override
  public void cut() {
    // Nobody else is waited for.
  }

  @Override
  public void close() throws IOException {
    try {
      if (whole != null) {
        whole.close();
      }
    } finally {
      for (Copy copy : copies) {
        remove(copy.incoming());
      }
      copies.clear();
    }
  }
}
