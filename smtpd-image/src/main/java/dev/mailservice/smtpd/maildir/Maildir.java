package dev.mailservice.smtpd.maildir;

import dev.mailservice.maincf.table.AddressExtension;
import dev.mailservice.smtpd.delivery.Delivery;
import dev.mailservice.smtpd.delivery.DeliveryTransaction;
import dev.mailservice.smtpd.delivery.Origin;
import dev.mailservice.smtpd.log.LogEvent;
import dev.mailservice.smtpd.log.LogField;
import dev.mailservice.smtpd.log.LogText;
import dev.mailservice.smtpd.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Maildirs below a spool directory, one for each local user: {@code mail_spool_directory} that ends
 * in a slash, as Postfix's local(8) has it.
 */
public final class Maildir implements Delivery {
  /** Postfix's smtpd_check_queue() wants room for one and a half of the largest message. */
  private static final double SPACE_FACTOR = 1.5;

  /** With less than this left, what a file system says has to do with that. */
  private static final long NEARLY_NOTHING = 64 * 1024;

  /** The system's words, strerror(3) of ENOSPC. */
  private static final String NO_SPACE = "No space left on device";

  private final Settings settings;
  private final Predicate<String> isLocalDomain;
  private final Consumer<LogText> info;
  private final Consumer<String> warnings;
  private final UniqueNames names;
  private final Set<Mailbox> prepared = ConcurrentHashMap.newKeySet();

  /**
   * Where and for whom.
   *
   * @param spool {@code mail_spool_directory}
   * @param makesMailboxes whether a user who has no maildir gets one; no, unless somebody has said
   *     who there is ({@code local_recipient_maps}): a client could invent users until the disk is
   *     full
   * @param extension {@code recipient_delimiter}
   * @param messageSizeLimit {@code message_size_limit}, bytes; 0 for none
   * @param hostname {@code myhostname}, for the files' names
   */
  public record Settings(
      Path spool,
      boolean makesMailboxes,
      AddressExtension extension,
      long messageSizeLimit,
      String hostname) {}

  /**
   * Nothing is written yet.
   *
   * @param isLocalDomain whether a recipient's domain is in {@code mydestination}
   * @param info hears of each copy that was delivered
   * @param warnings hears of what the administrator has to look at
   * @param clock for the files' names
   */
  public Maildir(
      Settings settings,
      Predicate<String> isLocalDomain,
      Consumer<LogText> info,
      Consumer<String> warnings,
      Clock clock) {
    this.settings = settings;
    this.isLocalDomain = isLocalDomain;
    this.info = info;
    this.warnings = warnings;
    this.names = new UniqueNames(clock, settings.hostname(), ProcessHandle.current().pid());
  }

  @Override
  public boolean isLast() {
    return true;
  }

  @Override
  public String description() {
    return "maildir " + settings.spool();
  }

  @Override
  public DeliveryTransaction open(Origin origin, Duration patience) {
    return new MaildirTransaction(this, names);
  }

  /** Why a recipient gets no mail here; empty if he does. */
  Optional<Reply> refusal(String address) {
    String domain = address.substring(address.lastIndexOf('@') + 1);
    if (address.indexOf('@') >= 0 && !isLocalDomain.test(domain.toLowerCase(Locale.ROOT))) {
      return refuse(550, "5.1.2", address, "This host delivers local mail only");
    }
    Optional<String> user = Mailbox.user(address, settings.extension());
    if (user.isEmpty()) {
      return refuse(550, "5.1.3", address, "Not the name of a mailbox");
    }
    return settings.makesMailboxes() || Files.isDirectory(settings.spool().resolve(user.get()))
        ? Optional.empty()
        : refuse(550, "5.1.1", address, "User unknown");
  }

  private static Optional<Reply> refuse(int code, String enhanced, String address, String why) {
    return Optional.of(
        Reply.of(
            "%d %s <%s>: Recipient address rejected: %s".formatted(code, enhanced, address, why)));
  }

  /** The maildir of a recipient who was not refused. */
  Mailbox mailbox(String address) {
    return new Mailbox(
        settings.spool().resolve(Mailbox.user(address, settings.extension()).orElseThrow()));
  }

  /** Makes a maildir whole and sure to outlive a crash, once for each in the life of a process. */
  void prepare(Mailbox mailbox) throws IOException {
    if (!prepared.contains(mailbox) || !Files.isDirectory(mailbox.arrived())) {
      mailbox.make();
      prepared.add(mailbox);
    }
  }

  boolean hasRoom() throws IOException {
    long free = Files.getFileStore(settings.spool()).getUsableSpace();
    boolean room =
        free > NEARLY_NOTHING
            && (settings.messageSizeLimit() == 0
                || free / SPACE_FACTOR > settings.messageSizeLimit());
    if (!room) {
      warn(
          "not enough free space in mail queue: %d bytes < %.1f*message size limit"
              .formatted(free, SPACE_FACTOR));
    }
    return room;
  }

  /**
   * Before copies are made of a message that is there: the disk must not be filled with those that
   * still fit, while everybody else's mail is refused.
   *
   * @param bytes how large each copy is
   * @throws IOException if there is no room for all; {@link #isFull} knows it
   */
  void requireRoom(int copies, long bytes) throws IOException {
    long free = Files.getFileStore(settings.spool()).getUsableSpace();
    if (copies > 0 && (free - NEARLY_NOTHING) / copies < bytes) {
      throw new IOException(
          NO_SPACE + " for %d copies of %d bytes: %d are free".formatted(copies, bytes, free));
    }
  }

  /** Whether something went wrong because the disk, or the user's share of it, is full. */
  boolean isFull(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains(NO_SPACE) || message.contains("Disk quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(settings.spool()).getUsableSpace() < NEARLY_NOTHING;
    } catch (IOException e) {
      return false;
    }
  }

  void delivered(String name, String recipient) {
    String text =
        "%s: to=<%s>, relay=local, dsn=2.0.0, status=sent (delivered to maildir)"
            .formatted(name, recipient);
    info.accept(LogText.of(LogEvent.DELIVERED, text).with(LogField.TO, recipient));
  }

  void warn(String text) {
    warnings.accept(text);
  }
}
